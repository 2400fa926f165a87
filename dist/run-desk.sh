# Copyright (C) The RFL authors
#
# dist/run-desk.sh: the moderators' desk of dist/run.sh, which reads this file:
# certificates of an authority that is nobody else's, four invented people,
# nginx of the desk, and something for them to do.
#
#     DESK_PORT=8443     where it listens, on 127.0.0.1
#
# The desk's nginx runs as the user of all else at the desk: whoever started
# it.  dist/systemd/rfl-desk.service is how it is done on a real host.

DESK_PORT=${DESK_PORT:-8443}

# how often what visitors sent is brought to the desk, seconds

pull_every=3

# id, role, languages, signing key, name

people='
amina moderator   ar,en secrets/moderator-1.key Amina Haddad
boris moderator   en,fr secrets/moderator-2.key Boris Lindqvist
carla coordinator es,en secrets/moderator-3.key Carla Quispe
dana  auditor     en    -                       Dana Okonkwo
'


# each_person COMMAND: called with the words of a line

each_person() {
    local id rest

    while read -r id rest <&3; do
        [ -z "$id" ] || "$1" $id $rest || return 1
    done 3<<< "$people"
}


# "sample" protects nothing: these certificates open this desk only

make_certificates() {
    local dir=$state/people

    mkdir -p -m 700 "$dir"
    [ -f "$dir/ca.pem" ] && [ -f "$dir/crl.pem" ] && return

    say "making certificates in $dir"

    : > "$dir/index.txt"
    cat > "$dir/ca.conf" << END
[ca]
default_ca = sample
[sample]
database = $dir/index.txt
default_md = sha256
default_crl_days = 3650
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
[server]
subjectAltName = DNS:localhost, IP:127.0.0.1
extendedKeyUsage = serverAuth
[person]
extendedKeyUsage = clientAuth
END

    certificate ca authority "/CN=RFL sample authority" \
        && certificate server server "/CN=localhost" \
        && each_person make_certificate \
        && openssl ca -config "$dir/ca.conf" -gencrl -cert "$dir/ca.pem" \
            -keyfile "$dir/ca.key" -out "$dir/crl.pem" \
            2>>"$state/log/openssl.log"
}


# certificate NAME EXTENSIONS SUBJECT: signed by the authority, which signs
# itself

certificate() {
    local dir=$state/people by=()

    [ "$1" = ca ] || by=(-CA "$dir/ca.pem" -CAkey "$dir/ca.key"
                         -CAcreateserial)

    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -subj "$3" -keyout "$dir/$1.key" -out "$dir/$1.csr" \
        2>>"$state/log/openssl.log" \
        && openssl x509 -req -in "$dir/$1.csr" -days 3650 \
            -extfile "$dir/ca.conf" -extensions "$2" \
            $([ "$1" = ca ] && echo "-signkey $dir/ca.key") "${by[@]}" \
            -out "$dir/$1.pem" 2>>"$state/log/openssl.log" \
        && rm -f "$dir/$1.csr"
}


make_certificate() {
    local dir=$state/people id=$1

    shift 4
    certificate "$id" person "/CN=$*" \
        && openssl pkcs12 -export -in "$dir/$id.pem" -inkey "$dir/$id.key" \
            -name "$*" -passout pass:sample -out "$dir/$id.p12"
}


# who has no file in the vault yet is let in

make_staff() {
    each_person make_person
}


make_person() {
    local id=$1 role=$2 languages=$3 key=$4

    [ -f "$desk/vault/$id.key" ] && return

    shift 4
    echo "sample-$id" > "$state/people/$id.passphrase"
    chmod 600 "$state/people/$id.passphrase"

    if [ "$key" = - ]; then
        set -- --name="$*"
    else
        set -- --name="$*" --key="$desk/$key"
    fi

    rflctl staff add "$id" "$@" --role=$role --languages=$languages \
        --society=northland --certificate="$state/people/$id.pem" \
        --passphrase-file="$state/people/$id.passphrase"
}


write_desk_conf() {
    local user=

    [ "$(id -u)" = 0 ] && user="user root;"

    mkdir -p -m 700 "$state/desk-nginx"

    cat > "$state/desk-nginx/nginx.conf" << END
# Made by dist/run.sh at each start.  What belongs into a configuration of
# your own is in dist/nginx/desk.conf and docs/directives.md.

load_module $out/ngx_http_rfl_desk_module.so;

$user
worker_processes 1;
pid $state/desk-nginx/nginx.pid;
error_log $state/log/web.log warn;

events {
    worker_connections 128;
}

http {
    # no name, no address

    log_format rfl '\$time_iso8601 \$status \$body_bytes_sent';
    access_log $state/log/desk-access.log rfl;

    client_body_temp_path $state/desk-nginx/body;
    proxy_temp_path $state/desk-nginx/proxy;
    fastcgi_temp_path $state/desk-nginx/fastcgi;
    uwsgi_temp_path $state/desk-nginx/uwsgi;
    scgi_temp_path $state/desk-nginx/scgi;

    client_body_buffer_size 128k;
    client_max_body_size 128k;
    server_tokens off;

    server {
        listen 127.0.0.1:$DESK_PORT ssl;
        server_name localhost;

        ssl_certificate $state/people/server.pem;
        ssl_certificate_key $state/people/server.key;
        ssl_client_certificate $state/people/ca.pem;
        ssl_crl $state/people/crl.pem;
        ssl_verify_client optional;
        ssl_protocols TLSv1.2 TLSv1.3;

        location / {
            rfl_desk $desk;
            rfl_desk_pages $top/pages;
        }
    }
}
END
}


start_web() {
    spawn web $nginx -p "$state/desk-nginx/" -e "$state/log/web.log" \
        -c "$state/desk-nginx/nginx.conf" -g 'daemon off;'
    wait_until 10 listening "$DESK_PORT"
}


# once, and only where the samples are that some of it is about

send_submissions() {
    [ -z "$SAMPLE" ] && [ ! -f "$state/sent" ] || return 0

    say "handing in what invented visitors sent"

    "$top/dist/sample/send-submissions" "http://127.0.0.1:$PORT" \
        2>"$state/log/sent.log" \
        || { say "not all could be handed in: see $state/log/sent.log"
             return 0; }

    touch "$state/sent"
}


pull() {
    rflctl inbox pull --quiet
}


desk_welcome() {
    local id rest

    cat << END
  desk      https://localhost:$DESK_PORT/
            import one of these into a browser, password "sample":

END

    while read -r id rest; do
        [ -z "$id" ] || echo "              $state/people/$id.p12   ${rest%% *}," \
            "passphrase \"sample-$id\""
    done <<< "$people"

    cat << END

            curl --cacert $state/people/ca.pem \\
                --cert $state/people/amina.pem --key $state/people/amina.key \\
                https://localhost:$DESK_PORT/en/

END
}
