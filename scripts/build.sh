# Builds the command line. Sourced by ./culvert and ./verify, which set $root; needs jdk.sh and packages.sh.

stamp=$root/vpn-cli/target/culvert.stamp
build_log=$root/target/build.log
export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" # for the guava in Maven 3, which JDK 25 warns of

find_maven() {
    type -P mvn >/dev/null && return 0
    need_packages maven || {
        echo "${0##*/}: no mvn in PATH: install Maven 3.8 or newer" >&2
        return 1
    }
}

# One build at a time in this checkout; the lock goes with the processes that hold descriptor 9.
lock_build() {
    exec 9<"$root/pom.xml"
    flock -n 9 || {
        echo "${0##*/}: waiting for a build that is under way" >&2
        flock 9
    }
}

# With sudo, what is built still belongs to whom the sources belong to.
as_owner() {
    local owner
    owner=$(stat -c %U "$root")
    if [ "$EUID" = 0 ] && [ "$owner" != root ] && [ "$owner" != UNKNOWN ]; then
        runuser -u "$owner" -- "$@"
    else
        "$@"
    fi
}

build() {
    local began=$SECONDS
    find_maven
    lock_build
    is_stale || return 0
    # The mark is made before the build, so that an edit made meanwhile is not missed.
    if ! { as_owner mkdir -p "$root/target" "$root/vpn-cli/target" && as_owner touch "$stamp.begun"; } 2>/dev/null; then
        echo "culvert: may not write in $root/target: it belongs to $(stat -c %U "$root/target" 2>/dev/null || echo another user);" \
            "give it back: sudo chown -R --reference=$root $root/target $root/*/target" >&2
        return 1
    fi
    trap 'exit 130' INT
    echo "culvert: building (once; a minute or two the first time)" >&2
    if ! (cd "$root" && as_owner env JAVA_HOME="$JAVA_HOME" CULVERT_LOG="$build_log" bash -c \
        'exec mvn -B -q -Dstyle.color=never -DskipTests -Dspotless.check.skip=true package -pl vpn-cli -am >"$CULVERT_LOG" 2>&1 </dev/null'); then
        grep -m 5 '^\[ERROR\]' "$build_log" >&2 || tail -n 5 "$build_log" >&2
        echo "culvert: the build failed: the whole log is in $build_log" >&2
        return 1
    fi
    finish_build
    trap - INT
    echo "culvert: built in $((SECONDS - began)) s" >&2
}

# What carries frames is told apart, since the short commands would start later with all that in their cache.
train() {
    local kind=$1 aot_cache=$root/vpn-cli/target/$1.aot training=$root/target/training
    as_owner rm -rf "$aot_cache" "$training"
    as_owner mkdir -p -m 700 "$training"
    java_command "$kind"
    # Whatever goes wrong here costs start-up time and nothing else.
    as_owner ln -sfn "$JAVA_HOME" "${aot_cache%.aot}.jdk"
    as_owner timeout --foreground -k 5 60 "${java[@]}" -XX:AOTCacheOutput="$aot_cache" \
        -cp "$class_path" dev.culvert.cli.StartupTraining "$training" "$kind" >>"$build_log" 2>&1 </dev/null ||
        as_owner rm -f "$aot_cache" "$aot_cache.config"
    as_owner rm -rf "$training"
}

# After Maven: lets the JVM record what start-up loads (JEP 514) and how frames are carried (JEP 515), and marks the
# build as done.
finish_build() {
    train "$errand"
    train "$carrier"
    as_owner mv "$stamp.begun" "$stamp"
}
