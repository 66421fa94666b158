# How Java is started. Sourced by ./culvert and ./verify, which set $root. Every run pays for what stands here.

# Is anything newer than the last build? A deleted file shows in the time of its folder.
is_stale() {
    local stamp=$root/vpn-cli/target/culvert.stamp
    [ -e "$stamp" ] || return 0
    [ -n "$(find "$root"/{pom.xml,.mvn,vpn-core/pom.xml,vpn-cli/pom.xml,vpn-core/src/main,vpn-cli/src/main} \
        -newer "$stamp" -print -quit)" ]
}

# Sets $java (the program and its flags) and $class_path.
java_command() {
    local jar
    class_path=''
    for jar in "$root"/vpn-cli/target/vpn-cli-*.jar; do
        [ ! "$jar" -nt "${class_path:-/dev/null/none}" ] || class_path=$jar # after a change of version, the newer one
    done
    if [ -z "$class_path" ]; then
        echo "culvert: not built: run $root/culvert --version once, as the owner of the checkout" >&2
        return 2
    fi
    # In one order always: a recorded start-up is good for one class path only.
    for jar in "$root"/vpn-cli/target/lib/*.jar; do
        class_path=$class_path:$jar
    done
    java=("$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
        # The live set is a few megabytes and frames make no garbage: the collector without threads and barriers of
        # its own starts fastest and leaves both cores to the lanes.
        -XX:+UseSerialGC
        # Inlined into a larger method, a C call may be judged too rare for its own parts to be inlined, too: it then
        # leaves the 40 bytes of a segment behind, thousands of times a second. Compiled alone it never does.
        -XX:CompileCommand=quiet
        -XX:CompileCommand=dontinline,dev.culvert.device.io.SystemCalls::*
        -XX:CompileCommand=dontinline,dev.culvert.udp.io.MessageCalls::*)
    local aot_cache=$root/vpn-cli/target/culvert.aot
    [ ! -r "$aot_cache" ] || java+=(-XX:AOTCache="$aot_cache" -Xlog:aot*=off -Xlog:cds*=off)
}
