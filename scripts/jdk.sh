# Finds a JDK. Sourced by ./culvert and ./verify; starts no program unless a JDK hides its version.

# What a JDK says of itself, as one number: 25.0.3 is 25000003. 0 when it is no JDK.
jdk_version() {
    local home=$1 key value version='' a b c
    [ -x "$home/bin/javac" ] && [ -x "$home/bin/java" ] || { jdk_number=0; return; }
    if [ -r "$home/release" ]; then
        while IFS='=' read -r key value; do
            [ "$key" != JAVA_VERSION ] || { version=${value//\"/}; break; }
        done <"$home/release"
    fi
    if [ -z "$version" ]; then
        version=$("$home/bin/java" -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p')
    fi
    IFS=. read -r a b c _ <<<"${version%%[-+_]*}..."
    case "$a$b$c" in '' | *[!0-9]*) jdk_number=0 ;; *) jdk_number=$((a * 1000000 + ${b:-0} * 1000 + ${c:-0})) ;; esac
}

# Sets and exports JAVA_HOME: the caller's own when it is new enough, else the newest of PATH and /usr/lib/jvm.
find_jdk() {
    local candidate path_java best='' best_number=24999999
    if [ -n "${JAVA_HOME:-}" ]; then
        jdk_version "$JAVA_HOME"
        [ "$jdk_number" -le "$best_number" ] || return 0
    fi
    path_java=$(type -P javac || true)
    [ -z "$path_java" ] || path_java=$(readlink -f "$path_java")
    for candidate in ${path_java:+"${path_java%/bin/javac}"} /usr/lib/jvm/*; do
        [ -d "$candidate" ] || continue
        jdk_version "$candidate"
        [ "$jdk_number" -le "$best_number" ] || { best=$candidate best_number=$jdk_number; }
    done
    if [ -z "$best" ]; then
        if [ -n "${SUDO_USER:-}" ]; then # sudo drops JAVA_HOME
            echo "${0##*/}: no JDK 25 or newer found in /usr/lib/jvm: run: sudo JAVA_HOME=/path/to/jdk-25 $0 $*" >&2
        else
            echo "${0##*/}: no JDK 25 or newer found: set JAVA_HOME to one, or unpack one (Temurin 25) in /usr/lib/jvm" >&2
        fi
        return 1
    fi
    export JAVA_HOME=$best
}
