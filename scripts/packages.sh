# Installs Debian packages. Sourced by ./culvert and ./verify.

# Prints those of the named packages that are not installed.
missing_packages() {
    local package
    for package; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
    done
}

apt_install() {
    # tshark asks whether everybody may capture; nobody is there to answer.
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

# Installs what is missing of the named packages, or says the line that does.
need_packages() {
    local missing log
    type -P apt-get >/dev/null || return 0 # not Debian: the program that misses something says so itself
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$EUID" != 0 ]; then
        echo "${0##*/}: missing packages: run: sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
        return 1
    fi
    echo "${0##*/}: installing ${missing[*]}" >&2
    log=$(mktemp)
    # Package lists are fetched only when the ones at hand do not do: none yet, or too old.
    if ! apt_install "${missing[@]}" >"$log" 2>&1; then
        if ! { apt-get update -qq && apt_install "${missing[@]}"; } >"$log" 2>&1; then
            tail -n 5 "$log" >&2
            echo "${0##*/}: could not install ${missing[*]}: the whole log is in $log" >&2
            return 1
        fi
    fi
    rm -f "$log"
}
