package Test::RFL::Desk;

# Copyright (C) The RFL authors

=encoding utf8

=head1 NAME

Test::RFL::Desk - the moderators' desk of a test, and who works there

=head1 SYNOPSIS

    use Test::RFL::Desk;

    my $desk = Test::RFL::Desk->up($t, people => [ qw(amina boris) ]);

    my ($id) = $desk->send({ form => 'alive', answers => { ... } });

    $desk->unlock('amina');
    my $page = $desk->get('amina', "/en/item/$id");
    $page = $desk->act('amina', $id, act => 'approve');

A page has status, headers, body, html (characters), text (without markup),
h1, said and refused.  $desk->{rfl} is the stack, $desk->{web} the nginx of
the desk, of its own, as a Test::RFL::Daemon; the public one is $t's.

=cut


use strict;
use warnings;
use utf8;

use Encode qw(decode_utf8 encode_utf8);
use IO::Select;
use IO::Socket::INET;
use IO::Socket::SSL;
use JSON::PP ();
use POSIX qw(strftime);
use Time::HiRes ();

use Test::RFL ();
use Test::RFL::Daemon;
use Test::RFL::Preload;
use Test::RFL::Stack;


my $json = JSON::PP->new->utf8->canonical;

# role, languages, name

our %people = (
    amina => [ 'moderator', 'en', 'Amina Haddad', 1 ],
    boris => [ 'moderator', 'en', 'Boris Lindqvist', 2 ],
    carla => [ 'coordinator', 'es,en', 'Carla Quispe', 3 ],
    dana => [ 'auditor', 'en', 'Dana Okonkwo' ],
);


# people => [...]; conf => text of the server; public => 0: no public site;
# quick => 0: passphrases are stretched as long as in earnest; else as rfl_up()
# has it

sub up {
    my ($class, $t, %opt) = @_;

    $t->needs('module');

    my $people = delete $opt{people} || [ qw(amina boris) ];
    my $conf = delete $opt{conf} // '';
    my $public = delete $opt{public} // 1;

    if (delete $opt{quick} // 1) {
        Test::RFL::Preload->new($t, 'quick')->into_daemons();
    }

    my $self = bless { t => $t, people => $people, conf => $conf,
                       csrf => {} }, $class;

    $self->{rfl} = $public ? $t->rfl_up(%opt) : $t->desk_up(%opt);
    $self->{rfl}->ctl_ok('rotate') if !$public;
    $self->{dir} = $self->{rfl}{dir};
    $self->{ca} = $t->testdir() . '/ca';

    $self->authority('ca');
    $self->certificate('server', ext => 'server', name => 'localhost');
    $self->staff($_) for @$people;
    $self->revoke();
    $self->conf();

    $self->{web} = Test::RFL::Daemon->new($t, name => 'web',
        command => [ $t->{binary}, '-p', $t->testdir() . '/',
                     '-e', $t->testdir() . '/logs/error.log',
                     '-c', $t->testdir() . '/desk.conf' ],
        ready => sub { IO::Socket::INET->new(
                           PeerAddr => '127.0.0.1:' . $t->port(8443)) });

    push @{$t->{daemons}}, $self->{web};
    $self->{web}->start();

    return $self;
}


# an authority of its own, so that certificates can be over and revoked

sub authority {
    my ($self, $name) = @_;

    my $t = $self->{t};
    my $dir = $t->testdir() . "/$name";

    mkdir $dir;
    mkdir "$dir/new";
    $t->write_file("$dir/index.txt", '');
    $t->write_file("$dir/serial", "01\n");
    $t->write_file("$dir/ca.conf", <<"EOC");
[ca]
default_ca = here
[here]
database = $dir/index.txt
serial = $dir/serial
new_certs_dir = $dir/new
certificate = $dir/ca.pem
private_key = $dir/ca.key
default_md = sha256
default_days = 100
default_crl_days = 100
policy = any
unique_subject = no
[any]
commonName = supplied
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
[server]
subjectAltName = DNS:localhost, IP:127.0.0.1
extendedKeyUsage = serverAuth
[person]
extendedKeyUsage = clientAuth
EOC

    $self->_openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt',
        'ec_paramgen_curve:P-256', '-nodes', '-days', 100, '-config',
        '/etc/ssl/openssl.cnf', '-subj', "/CN=authority $name", '-keyout',
        "$dir/ca.key", '-out', "$dir/ca.pem");

    return $dir;
}


# NAME.pem and NAME.key; opt: ca => folder, ext, name => of the subject,
# days => [ from, to ] from today on, self => 1: signs itself

sub certificate {
    my ($self, $file, %opt) = @_;

    my $dir = $opt{ca} || $self->{ca};
    my $days = $opt{days} || [ -1, 90 ];
    my $name = $opt{name} || $file;
    my $out = "$dir/$file";

    my @new = ('-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
               '-nodes', '-config', '/etc/ssl/openssl.cnf', '-subj',
               "/CN=$name", '-keyout', "$out.key");

    if ($opt{self}) {
        $self->_openssl('req', '-x509', @new, '-days', 90, '-out',
                        "$out.pem");
        return "$out.pem";
    }

    my ($from, $to) = map {
        strftime '%Y%m%d%H%M%SZ', gmtime time() + $_ * 86400
    } @$days;

    $self->_openssl('req', '-new', @new, '-out', "$out.csr");
    $self->_openssl('ca', '-batch', '-notext', '-config', "$dir/ca.conf",
        '-extensions', $opt{ext} || 'person', '-startdate', $from,
        '-enddate', $to, '-in', "$out.csr", '-out', "$out.pem");

    return "$out.pem";
}


# certificates of these names, and the list of all that were revoked so far

sub revoke {
    my ($self, @names) = @_;

    my @ca = ('ca', '-config', "$self->{ca}/ca.conf");

    $self->_openssl(@ca, '-revoke', "$self->{ca}/$_.pem") for @names;
    $self->_openssl(@ca, '-gencrl', '-out', "$self->{ca}/crl.pem");
}


sub _openssl {
    my ($self, @args) = @_;

    my ($rc, $out) = $self->{t}->command('openssl', @args);

    die "openssl @args: $out" if $rc != 0;

    return $out;
}


sub passphrase { "passphrase of $_[1]" }


# lets somebody in; the third signing key is made and trusted here

sub staff {
    my ($self, $id, %opt) = @_;

    my ($t, $rfl) = @{$self}{qw(t rfl)};
    my ($role, $languages, $name, $key) = @{$people{$opt{as} || $id}};
    my $file = $t->testdir() . "/$id.passphrase";

    $self->certificate($id, name => $name) if !$opt{certificate};
    chmod 0600, $t->write_file($file, $self->passphrase($id) . "\n");

    my @key;

    if ($key) {
        my $path = $rfl->key($key);

        if (!-f $path) {
            my $line = $rfl->ctl_ok('keygen', '--quiet', '--no-passphrase',
                                    $path);
            $rfl->trust(sub {
                push @{$_[0]{societies}[0]{keys}}, $json->decode($line);
            });
            $rfl->{trust} = Test::RFL::slurp("$rfl->{dir}/trust.json");
        }

        @key = ('--key', $path);
    }

    $rfl->ctl_ok('staff', 'add', $id, '--name', $name, '--role', $role,
        '--languages', $languages, '--passphrase-file', $file,
        '--certificate', $opt{certificate} || "$self->{ca}/$id.pem", @key);
}


sub conf {
    my $self = shift;

    my $t = $self->{t};
    my $dir = $t->testdir();
    my $top = $t->top();
    my $load = $t->{module} eq 'static' ? ''
        : 'load_module ' . ($t->{module} =~ s/rfl_module/rfl_desk_module/r)
          . ';';
    my $user = $> == 0 ? 'user root;' : '';

    $t->write_file("$dir/desk.conf", $t->expand(<<"EOC"));
$load
$user
daemon off;
worker_processes 1;
working_directory $dir/cores;
pid $dir/desk.pid;
error_log $dir/logs/error.log info;
@{[ map { "env $_;" } sort keys %{$t->{env}} ]}
@{[ $t->{preload} ? 'env LD_PRELOAD;' : '' ]}

events { worker_connections 128; }

http {
    log_format private '\$status \$body_bytes_sent';
    access_log $dir/logs/desk-access.log private;
    client_body_temp_path $dir/desk_body;
    proxy_temp_path $dir/desk_proxy;
    fastcgi_temp_path $dir/desk_fastcgi;
    uwsgi_temp_path $dir/desk_uwsgi;
    scgi_temp_path $dir/desk_scgi;
    client_body_buffer_size 128k;
    client_max_body_size 128k;

    server {
        listen 127.0.0.1:8443 ssl;
        server_name localhost;

        ssl_certificate $self->{ca}/server.pem;
        ssl_certificate_key $self->{ca}/server.key;
        ssl_client_certificate $self->{ca}/ca.pem;
        ssl_crl $self->{ca}/crl.pem;
        ssl_verify_client optional;

        $self->{conf}

        location / {
            rfl_desk $self->{dir};
            rfl_desk_pages $top/pages;
        }
    }
}
EOC
}


# the worker of the desk, and a new one after HUP

sub worker {
    my $self = shift;

    my ($pid) = Test::RFL::slurp("/proc/$self->{web}{pid}/task/"
                                 . "$self->{web}{pid}/children") =~ /(\d+)/;

    return $pid;
}


sub reload {
    my $self = shift;

    my $old = $self->worker();

    kill 'HUP', $self->{web}{pid};

    $self->{t}->wait_for(sub {
        my $new = $self->worker();
        return $new && $new != $old && !kill 0, $old;
    }, 20) or die "the desk's nginx does not reload\n";

    return $self;
}


# sends bytes as somebody; undef: without certificate; opt: ca, timeout,
# start: does not wait for the answer, halted: a process that stands still
# before the first byte is sent

sub http {
    my ($self, $who, $request, %opt) = @_;

    my $t = $self->{t};
    my @with;

    if (defined $who) {
        my $dir = $opt{ca} || $self->{ca};
        @with = (SSL_cert_file => "$dir/$who.pem",
                 SSL_key_file => "$dir/$who.key");
    }

    my $s = IO::Socket::SSL->new(
        PeerAddr => '127.0.0.1:' . $t->port(8443),
        SSL_ca_file => "$self->{ca}/ca.pem",
        SSL_verifycn_name => 'localhost', SSL_verifycn_scheme => 'http',
        Timeout => 30, @with);

    return '' if !$s;

    kill 'STOP', $opt{halted} if $opt{halted};
    print $s $request;

    return $s if $opt{start};

    my $answer = '';
    local $/;
    my $read = eval {
        local $SIG{ALRM} = sub { die "no answer\n" };
        alarm($opt{timeout} || 60);
        $answer = <$s> // '';
        alarm 0;
        1;
    };
    alarm 0;
    close $s;

    return $answer;
}


sub request {
    my ($self, $who, $method, $uri, $body, %opt) = @_;

    if (ref $body) {
        $body = join '&', map {
            my $name = $_;
            map { Test::RFL::urlencode($name) . '='
                  . Test::RFL::urlencode($_) }
                ref $body->{$name} ? @{$body->{$name}} : $body->{$name};
        } sort keys %$body;
    }

    my $request = "$method $uri HTTP/1.1\r\nHost: localhost\r\n"
        . "Connection: close\r\n"
        . (defined $body ? 'Content-Length: ' . length($body) . "\r\n"
               . "Content-Type: application/x-www-form-urlencoded\r\n" : '')
        . "\r\n" . ($body // '');

    return $self->http($who, $request, %opt) if $opt{start};

    my $p = Test::RFL::parse($self->http($who, $request, %opt));

    $p->{html} = decode_utf8($p->{body});
    $p->{text} = $p->{html} =~ s/<[^>]*>/ /gr =~ s/\s+/ /gr;
    ($p->{h1}) = $p->{html} =~ m{<h1[^>]*>(.*?)</h1>}s;
    ($p->{said}) = $p->{html} =~ m{class="said"[^>]*>(.*?)</p>}s;
    ($p->{refused}) = $p->{html}
        =~ m{class="refused"[^>]*>(?:\s*<[^>]*>)*([^<]+)<}s;
    ($p->{version}) = $p->{body} =~ /name="version" value="(\d+)"/;

    my ($csrf) = $p->{body} =~ /name="csrf" value="([^"]+)"/;
    $self->{csrf}{$who} = $csrf if defined $csrf && defined $who;

    return $p;
}


sub get {
    my ($self, $who, $uri, %opt) = @_;

    return $self->request($who, 'GET', $uri, undef, %opt);
}


# with this person's token, unless csrf is given; follows no redirection

sub post {
    my ($self, $who, $uri, $fields, %opt) = @_;

    $fields->{csrf} //= $self->token($who);

    return $self->request($who, 'POST', $uri, $fields, %opt);
}


sub token {
    my ($self, $who) = @_;

    $self->get($who, '/en/') if !defined $self->{csrf}{$who};

    return $self->{csrf}{$who} // '';
}


sub unlock {
    my ($self, @who) = @_;

    for my $who (@who) {
        delete $self->{csrf}{$who};

        my $p = $self->post($who, '/en/unlock',
                            { passphrase => $self->passphrase($who) });

        die "$who cannot unlock: $p->{status} " . ($p->{refused} // '') . "\n"
            if $p->{status} != 303;
    }

    return $self;
}


# what visitors send, sealed by a second implementation; ids

sub put {
    my ($self, @sent) = @_;

    my $t = $self->{t};
    my $rfl = $self->{rfl};

    for my $sent (@sent) {
        $sent->{id} //= join '', map { sprintf '%02x', int rand 256 } 1 .. 16;
        $sent->{lang} //= 'en';
    }

    my ($society) = @{$json->decode($rfl->{trust})->{societies}};

    my ($rc, $out) = $t->command('/usr/bin/python3',
        $t->top() . '/lua-free-tests/http/submit.py',
        $society->{inbox_keys}[0]{public}, \$json->encode(\@sent));

    die "submit.py: $out" if $rc != 0;

    my $list = 'in:northland:' . strftime('%Y%m%d', gmtime);

    $rfl->{inbox}->cmd('RPUSH', $list, map { pack 'H*', $_ } split /\n/, $out);

    return map { $_->{id} } @sent;
}


sub pull {
    my $self = shift;

    return $self->{rfl}->ctl_ok('inbox', 'pull');
}


# puts, pulls, and lets the first of the people take them over

sub send {
    my ($self, @sent) = @_;

    my @ids = $self->put(@sent);

    $self->pull();
    $self->get($self->{people}[0], '/en/');

    return wantarray ? @ids : $ids[0];
}


# a submission that may be published

sub alive {
    my ($self, $name, %more) = @_;

    my %extra = map { $_ => delete $more{$_} }
        grep { exists $more{$_} } qw(id code lang ref days_ago);

    return { form => 'alive', %extra,
             answers => { adult => 'yes', name => $name,
                          birth_year => '1984', consent => 'searchable',
                          show => [ qw(age_band status) ], status => 'safe',
                          phone => '+00 44 555 01 99', %more } };
}


# the ids in a queue, in its order

sub queue {
    my ($self, $who, $queue, $query) = @_;

    my $p = $self->get($who, "/en/queue/$queue" . ($query // ''));

    return $p->{body} =~ m{href="/en/item/([0-9a-f]{32})\?queue=}g;
}


my %states = (
    'New' => 'new', 'Approved once, waiting for another person' => 'second',
    'Published' => 'published', 'Taken down' => 'withdrawn',
);


sub state {
    my ($self, $who, $id) = @_;

    my $p = $self->get($who, "/en/item/$id");

    return $p->{status} if $p->{status} != 200;

    my ($state) = $p->{body} =~ m{<p class="lead"><strong>([^<]*)<};

    return $states{$state} // $state;
}


# presses a button on the page of an item as it is now

sub act {
    my ($self, $who, $id, %fields) = @_;

    my $p = $self->get($who, "/en/item/$id");

    $fields{version} //= $p->{version} // 0;
    $fields{queue} //= 'new';

    return $self->post($who, "/en/item/$id", \%fields);
}


# the fields of the form of the draft, as the page has them

sub draft {
    my ($self, $who, $id, %change) = @_;

    my $p = $self->get($who, "/en/item/$id");
    my ($form) = $p->{html} =~ m{name="act" value="edit">(.*?)</form>}s;
    my %fields = (act => 'edit', version => $p->{version});

    die "$who cannot mend $id\n" if !defined $form;

    while ($form =~ m{<input [^>]*name="([^"]+)" value="([^"]*)"}g) {
        $fields{$1} = $2;
    }

    while ($form =~ m{<select [^>]*name="([^"]+)">(.*?)</select>}gs) {
        my ($name, $options) = ($1, $2);
        $fields{$name} = $options =~ /value="([^"]*)" selected/ ? $1 : '';
    }

    return { %fields, %change };
}


# the receipt in digits: 45 bits of the id, ISO 7064 MOD 97-10

sub digits {
    my $id = shift;

    my $value = (hex(substr $id, 0, 6) << 24 | hex(substr $id, 6, 6)) >> 3;
    my $digits = sprintf '%014d%02d', $value, 98 - $value * 100 % 97;

    return join ' ', unpack '(A4)*', $digits;
}


# found by a visitor: number of results

sub found {
    my ($self, $name, %more) = @_;

    return Test::RFL::api_found(name => $name, %more);
}


sub verify {
    my $self = shift;

    return $self->{rfl}->ctl('verify');
}


1;
