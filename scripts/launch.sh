# How Java is started. Sourced by ./culvert and ./verify, which set $root. Every run pays for what stands here.

# Is anything newer than the last build? A deleted file shows in the time of its folder.
is_stale() {
    local stamp=$root/vpn-cli/target/culvert.stamp
    [ -e "$stamp" ] || return 0
    [ -n "$(find "$root"/{pom.xml,.mvn,vpn-core/pom.xml,vpn-cli/pom.xml,vpn-core/src/main,vpn-cli/src/main} \
        -newer "$stamp" -print -quit)" ]
}

# Of a command that carries frames, and of one that is gone before the optimizing compiler has earned its keep.
carrier=carrier
errand=errand

# Sets $java (the program and its flags) and $class_path, for either $carrier or $errand.
java_command() {
    local kind=$1 jar
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
        # A C call leaves the 40 bytes of a segment behind, thousands of times a second, unless all of it is inlined. A
        # check of the JDK's in it is three bytes too long for that where a call is not known to be hot; and a method that
        # is compiled alone knows no larger one that has grown too large.
        -XX:CompileCommand=quiet
        -XX:CompileCommand=inline,jdk.internal.foreign.abi.SharedUtils::checkNative
        '-XX:CompileCommand=dontinline,dev.culvert.device.io.SystemCalls::*'
        '-XX:CompileCommand=dontinline,dev.culvert.udp.io.MessageCalls::*')
    [ "$kind" = "$carrier" ] || java+=(-XX:TieredStopAtLevel=1)
    local aot_cache=$root/vpn-cli/target/$kind.aot
    # What another JDK has learned, or of other classes, the JVM would refuse.
    [ "$aot_cache" -nt "${class_path%%:*}" ] && [ -r "$aot_cache" ] && [ "${aot_cache%.aot}.jdk" -ef "$JAVA_HOME" ] || return 0
    java+=(-XX:AOTCache="$aot_cache" -Xlog:aot*=off -Xlog:cds*=off)
    [ "$kind" = "$errand" ] || java+=(
        # What the build has learned of these methods' work is in the cache: no need to watch it long before compiling.
        '-XX:CompileCommand=CompileThresholdScaling,dev.culvert.*::*,0.02'
        '-XX:CompileCommand=CompileThresholdScaling,io.netty.*::*,0.02')
}
