#!/bin/sh

# Copyright (C) The RFL authors
#
# dist/deps.sh run|test|bench ...: installs the Debian 12 packages that are missing
# and nothing else.  As root, or through sudo.  Makes no call to apt when all
# is there.
#
# A server that comes with a package (nginx, redis-server, ssh) is neither
# started now nor at the next boot; one that was there before is not touched.

set -eu

run="nginx nginx-dev redis-server openssl perl
    gcc make libc6-dev pkg-config
    libhiredis-dev libicu-dev libsodium-dev libevent-dev libseccomp-dev
    libcbor-dev libjansson-dev libxml2-dev
    python3 unicode-data mecab-ipadic kanjidic enamdict"

test="perl clang-14 libclang-rt-14-dev clang-tidy cppcheck
    python3-jsonschema python3-cbor2 python3-nacl python3-yaml
    curl gettext gdb strace inotify-tools faketime binutils procps
    gzip zstd xz-utils socat iproute2 openssh-client openssh-server pngquant
    libio-socket-ssl-perl nodejs npm ca-certificates chromium-headless-shell
    fonts-noto-core"

bench="postgresql redis-redisearch icu-devtools perl curl"

say() {
    echo "deps: $*"
}

wanted=
for set in "$@"; do
    case $set in
        run)  wanted="$wanted $run" ;;
        test) wanted="$wanted $test" ;;
        bench) wanted="$wanted $bench" ;;
        *)    echo "usage: dist/deps.sh run|test|bench ..." >&2; exit 2 ;;
    esac
done

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "this is not Debian; needed are what Debian 12 calls:" >&2
    echo $wanted >&2
    exit 1
fi

# a package may be known for several architectures, one per line

there=$(dpkg-query -W -f '${Package}:${db:Status-Status} ' $wanted 2>/dev/null) \
    || true

missing=
for package in $wanted; do
    case " $there" in
        *" $package:installed "*) continue ;;
    esac

    # node may come from elsewhere, and then brings its npm along

    case $package in
        nodejs) command -v node >/dev/null || missing="$missing nodejs" ;;
        npm) command -v npm >/dev/null || missing="$missing npm" ;;
        *)   missing="$missing $package" ;;
    esac
done

if [ -z "$missing" ]; then
    exit 0
fi

missing=${missing# }

if [ "$(id -u)" = 0 ]; then
    sudo=
elif command -v sudo >/dev/null; then
    sudo=sudo
else
    say "packages are missing, and only root may install them.  As root:" >&2
    echo "    apt-get update && apt-get install --no-install-recommends $missing" >&2
    exit 1
fi

say "installing $missing"

policy=/usr/sbin/policy-rc.d
saved=$policy.before-rfl

restore() {
    if [ -e $saved ]; then
        $sudo mv -f $saved $policy
    else
        $sudo rm -f $policy
    fi
}

if [ -e $policy ] && [ ! -e $saved ]; then
    $sudo mv $policy $saved
fi

trap restore EXIT
trap 'exit 1' INT TERM HUP

printf '#!/bin/sh\nexit 101\n' | $sudo tee $policy >/dev/null
$sudo chmod 755 $policy

export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1

# a fresh system may be updating itself: that is waited for

apt() {
    $sudo env DEBIAN_FRONTEND=$DEBIAN_FRONTEND \
        NEEDRESTART_SUSPEND=$NEEDRESTART_SUSPEND \
        apt-get -q -o DPkg::Lock::Timeout=300 "$@"
}

if [ -z "$(find /var/lib/apt/lists -name '*Packages*' -mtime -1 2>/dev/null \
           | head -1)" ]
then
    say "fetching the package lists"
    apt update
fi

if ! apt install -y --no-install-recommends $missing; then
    say "once more, with fresh package lists"
    apt update
    apt install -y --no-install-recommends $missing
fi

for service in nginx redis-server ssh; do
    case " $missing " in
        *" $service "* | *" open$service-server "*)
            if [ -d /run/systemd/system ]; then
                say "$service will not start at boot"
                $sudo systemctl disable --quiet $service || true
            fi
            ;;
    esac
done

say "done"
