#!/bin/sh
# Makes sure Debian packages are there: packages.sh NAME ...
# Looks before it calls apt, so a machine that has them needs no network.
set -u
missing=
for package in "$@"; do
    # A virtual or renamed package is fine as long as something provides it.
    status=$(dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | head -n 1)
    [ "$status" = "install ok installed" ] || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "motcua needs these packages (Debian names); install what corresponds to them on this system:" >&2
    echo " $missing" >&2
    exit 1
fi
sudo=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "run as root: apt-get install$missing" >&2; exit 1; }
    sudo=sudo
fi
echo "installing:$missing" >&2
install() {
    # shellcheck disable=SC2086
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}
# Without package lists, or with old ones, the first try fails: refresh and try once more.
install 2>/dev/null || { $sudo apt-get update -qq && install; } || { echo "could not install:$missing" >&2; exit 1; }
