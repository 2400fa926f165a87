#!/bin/sh

# Copyright (C) The RFL authors
#
# dist/nginx-source.sh DIR: puts the source of nginx into DIR, for a build
# that is used in tests only (make http-asan).  It is the upstream tarball as
# Debian carries it, fetched by apt, which checks its signature; neither root
# nor an entry in sources.list is needed.  Fails if there is no network.

set -eu

dir=$1
version=$(/usr/sbin/nginx -v 2>&1 | sed 's,.*nginx/\([0-9.]*\).*,\1,')

if [ -x "$dir/configure" ]; then
    exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP

mkdir -p "$work/lists/partial" "$work/parts" "$work/cache/archives/partial"
chmod 755 "$work"

key=/usr/share/keyrings/debian-archive-keyring.gpg

cat > "$work/sources" << END
deb-src [signed-by=$key] http://deb.debian.org/debian bookworm main
deb-src [signed-by=$key] http://deb.debian.org/debian-security bookworm-security main
END

apt() {
    apt-get -qq -o Dir::State::lists="$work/lists" \
        -o Dir::Etc::sourcelist="$work/sources" \
        -o Dir::Etc::sourceparts="$work/parts" \
        -o Dir::Cache="$work/cache" \
        -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
        -o APT::Sandbox::User=root "$@"
}

cd "$work"
apt update

# the package description of a security revision may be gone already, while
# the tarball is the same for all revisions

apt source --download-only --tar-only nginx >/dev/null 2>&1 \
    || apt source --download-only nginx >/dev/null 2>&1 || true

tarball=nginx_$version.orig.tar.gz

if [ ! -f "$tarball" ]; then
    echo "nginx-source: $tarball cannot be fetched" >&2
    exit 1
fi

mkdir -p "$dir.new"
tar -xzf "$tarball" -C "$dir.new" --strip-components=1
mv "$dir.new" "$dir"
