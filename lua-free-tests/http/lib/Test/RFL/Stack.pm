package Test::RFL::Stack;

# Copyright (C) The RFL authors

# The whole stack of a test: a desk made by "rflctl init", both Redis
# instances with the ACL files it wrote, rfl-keyd, nginx, and entries that
# were signed by two moderators and published.

use strict;
use warnings;
use utf8;

use Encode qw(encode_utf8);
use IO::Socket::UNIX;
use JSON::PP ();
use MIME::Base64 qw(decode_base64);
use POSIX qw(strftime);

use Test::RFL::Daemon;
use Test::RFL::Redis;


my $json = JSON::PP->new->utf8->canonical;

my @given = qw(Amalia Boris Chiara Dmitri Esperanza Fatima Gustav Hanna Ibrahim
    Jolanda Kwame Leila Mahmoud Natasha Olufemi Petra Rosalind Salome Tariq
    Ulrike Viktor Wanjiru Yusuf Zenobia);
my @family = qw(Abendroth Bekele Castellano Dragomir Eriksson Farouki Grigoryan
    Haidari Ivanenko Jovanovic Kabore Lindqvist Mbeki Nasrallah Okonkwo Popescu
    Quispe Rahimov Shevchenko Tesfaye Umarov Villanueva Wolde Zakaria);


# two dozen of each, the n-th counted round

sub given_name { $given[$_[0] % @given] }
sub family_name { $family[$_[0] % @family] }


# the desk, both Redis instances and rfl-keyd, without nginx and entries

sub desk {
    my ($class, $t, %opt) = @_;

    $t->needs('rflctl', 'keyd');

    my $dir = $t->testdir();

    my $self = bless {
        t => $t,
        dir => "$dir/desk",
        run => "$dir/run",
        keyd_query => "$dir/run/keyd.sock",
        keyd_socket => "$dir/run/keyd-admin.sock",
        refs => {},
        entries => [],
        opt => \%opt,
    }, $class;

    $self->_init();
    $self->_redis();
    $self->_keyd();

    return $self;
}


sub up {
    my ($class, $t, %opt) = @_;

    $t->needs('module');

    my $self = $class->desk($t, %opt);

    $self->ctl_ok('rotate');

    my $lines = $opt{lines} || [ map { entry($_) } 0 .. ($opt{entries} || 0) - 1 ];
    $self->publish($lines) if @$lines;

    $self->conf();
    $t->run();

    # a worker connects to its servers when it starts

    $t->wait_for(sub {
        my ($status) = Test::RFL::api(name => 'Nobody Atall');
        return $status == 200;
    }, 60) or die "the stack does not answer searches:\n"
                  . $t->read_file('logs/error.log')
        if !exists $opt{locations};

    return $self;
}


# entry N of any number: a name that no other has

sub entry {
    my $n = shift;

    my $name = given_name($n) . ' ' . family_name($n / 24);

    $name .= ' ' . family_name($n / 576) if $n >= 576;
    $name .= ' ' . given_name($n / 13824) if $n >= 13824;

    return { id => "n$n", names => [ { full => $name } ],
             kind => $n % 2 ? 'looking' : 'alive',
             birth_year => 1940 + $n % 60 };
}


sub _init {
    my $self = shift;

    mkdir $self->{run};
    chmod 0755, $self->{run};

    $self->ctl_ok('init', '--sample-keys', '--society', 'northland',
        '--name', 'Northland Family Links', '--phone', '+00 12 345 67 89',
        '--event', 'river-flood', '--run', $self->{run}, $self->{dir});

    chmod 0755, $self->{dir};

    # keys of the inbox, this month's; not sealed, because that takes a second

    my @month = (gmtime)[5, 4];

    $self->ctl_ok('keys', 'init', '--no-passphrase');
    $self->ctl_ok('keys', 'new', sprintf('%04d-%02d', $month[0] + 1900,
                                         $month[1] + 1));
    $self->ctl_ok('keys', 'publish');

    my $policy = $json->decode(Test::RFL::slurp("$self->{dir}/policy.json"));

    $policy->{events}[0]{show} = [ qw(age_band sex origin relation status) ];
    %$policy = (%$policy, %{$self->{opt}{policy} || {}});

    $self->{t}->write_file("$self->{dir}/policy.json", $json->encode($policy));

    $self->{policy} = $policy;
    $self->{trust} = Test::RFL::slurp("$self->{dir}/trust.json");
    $self->{event} = $policy->{events}[0]{id};
}


# the instances run as they are shipped, and with one user more, who may all

sub _redis {
    my $self = shift;

    for my $name (qw(index desk inbox)) {
        my $acl = "$self->{dir}/redis/$name.acl";

        $self->{t}->write_file($acl, Test::RFL::slurp($acl)
                               . "user tester on >tester ~* &* +\@all\n");

        $self->{$name} = $self->{t}->redis($name,
            conf => "$self->{dir}/redis/$name.conf",
            sock => "$self->{run}/$name.sock",
            group => $name eq 'desk' ? undef : 'www-data',
            args => $name eq 'index' ? [ '--dir', $self->{run} ]
                : $name eq 'inbox' ? [ '--dir', "$self->{dir}/redis/inbox" ]
                : [],
            user => 'tester', pass => 'tester');
    }
}


sub _keyd {
    my $self = shift;

    my $opt = $self->{opt};
    my $rate = $opt->{rate} || 100000;

    my @command = ($self->{t}->out() . '/rfl-keyd',
        "--query=$self->{keyd_query}", "--admin=$self->{keyd_socket}",
        "--rate=$rate/s", '--burst=' . ($opt->{budget} || 1000000),
        '--daily=' . ($opt->{daily} || 100000000));

    push @command, '--uid=61273', '--query-group=www-data' if $> == 0;

    $self->{keyd} = Test::RFL::Daemon->new($self->{t}, name => 'keyd',
        command => \@command,
        ready => sub { listens($self->{keyd_query})
                       && listens($self->{keyd_socket}) });

    push @{$self->{t}{daemons}}, $self->{keyd};
    $self->{keyd}->start();
}


# a socket that a daemon of another user left behind is there as well

sub listens {
    return defined IO::Socket::UNIX->new(Peer => $_[0]);
}


# writes nginx.conf; for another one change $rfl->{opt}, call it and reload

sub conf {
    my $self = shift;

    my $opt = $self->{opt};
    my $top = $self->{t}->top();

    my $log = $opt->{log} || 'warn';

    my %text = map { $_ => $opt->{$_} // '' } qw(main http conf);

    # a machine that does other things beside is no fault of ours

    my ($timeout, $deadline) = @{$opt->{waits} || [ 8, 15 ]};

    $text{patience} = $text{http} =~ /rfl_(?:timeout|deadline)/ ? ''
                      : "rfl_timeout ${timeout}s; rfl_deadline ${deadline}s;";

    $text{locations} = $opt->{locations} // <<'EOC';
        location / { rfl_site; }
        location = /api/v1/search { rfl_api; }
        location = /status { rfl_status; }
EOC

    $self->{t}->write_file_expand('nginx.conf', <<"EOC");
%%TEST_GLOBALS%%
$text{main}

events {
    worker_connections 512;
}

http {
    %%TEST_GLOBALS_HTTP%%

    log_format private '\$status \$body_bytes_sent \$rfl_route';
    access_log $self->{t}{testdir}/logs/access.log private;
    error_log $self->{t}{testdir}/logs/error.log $log;
    server_tokens off;
    client_body_buffer_size 16k;
    client_max_body_size 64k;

    rfl_index unix:$self->{run}/index.sock user=pub_search
              password_file=$self->{dir}/secrets/pub-search;
    rfl_inbox unix:$self->{run}/inbox.sock user=pub_inbox
              password_file=$self->{dir}/secrets/pub-inbox;
    rfl_hide unix:$self->{run}/index.sock user=pub_hide
             password_file=$self->{dir}/secrets/pub-hide;
    rfl_keyd unix:$self->{keyd_query};
    rfl_policy $self->{dir}/policy.json;
    rfl_trust $self->{dir}/trust.json;
    rfl_society northland;
    rfl_pages $top/pages;

    $text{patience}
    $text{http}

    server {
        listen 127.0.0.1:8080;
        server_name localhost;

        $text{conf}

$text{locations}
    }
}
EOC
}


# how long a worker waits for an answer of a server, and for all of them, from
# the next start or reload on: seconds

sub waits {
    my ($self, $timeout, $deadline) = @_;

    $self->{opt}{waits} = [ $timeout, $deadline ];
    $self->conf();
}


# runs rflctl: (exit status, output)

sub ctl {
    my ($self, $command, @args) = @_;

    my @command = $command =~ /^(?:keys|journal)$/ ? ($command, shift @args) : $command;
    my @state = $command =~ /^(?:init|keygen)$/ ? ()
                                                : ('--state', $self->{dir});

    return $self->{t}->command($self->{t}->out() . '/rflctl', @command,
                               @state, @args);
}


sub ctl_ok {
    my ($self, @args) = @_;

    my ($rc, $out) = $self->ctl(@args);

    die "rflctl @args: exit status $rc\n$out" if $rc != 0;

    return $out;
}


# The rest of a line: what a test does not care about.

sub complete {
    my ($self, $line) = @_;

    my $day = 86400;
    my $day_of = sub { strftime '%Y-%m-%d', gmtime time() + $_[0] * $day };

    my %all = (
        kind => 'alive', event => $self->{event}, society => 'northland',
        age_class => 'adult', confirmed_on => $day_of->(0),
        not_after => $day_of->(60) . 'T00:00:00Z',
        consent => { class => 'searchable', date => $day_of->(-1),
                     policy => $self->{policy}{version} },
        %{$self->{opt}{draft} || {}}, %$line,
    );

    return \%all;
}


# signs with both sample keys and publishes; the references by source id

sub publish {
    my ($self, $lines, @options) = @_;

    my $t = $self->{t};
    my $dir = $t->testdir();

    my @all = map { $self->complete($_) } @$lines;

    my $file = $t->write_file('drafts.0', join '',
                              map { $json->encode($_) . "\n" } @all);

    for my $i (1, 2) {
        $self->ctl_ok('sign', '--key', $self->key($i), '--output',
                      "$dir/drafts.$i", $file);
        $file = "$dir/drafts.$i";
    }

    $self->ctl_ok('publish', '--refs', "$dir/refs.tsv", @options, $file);

    my %refs = map { split /\t/ } grep { /\t/ } split /\n/,
        Test::RFL::slurp("$dir/refs.tsv");

    %{$self->{refs}} = (%{$self->{refs}}, %refs);
    push @{$self->{entries}}, @all;

    unlink map { "$dir/drafts.$_" } 0 .. 2;

    return \%refs;
}


sub key {
    my ($self, $i) = @_;

    return "$self->{dir}/secrets/moderator-$i.key";
}


# seeds of the sample keys, hex

sub seeds {
    my $self = shift;

    return map {
        my $file = $json->decode(Test::RFL::slurp($self->key($_)));
        unpack 'H64', decode_base64($file->{secret});
    } 1, 2;
}


# files that hold what nobody else may know

sub secrets {
    my $self = shift;

    return grep { -f } glob "$self->{dir}/desk.key $self->{dir}/secrets/*";
}


# changes the trust file by a sub, or puts the right one back

sub trust {
    my ($self, $change) = @_;

    my $trust = $json->decode($self->{trust});

    $change->($trust) if $change;

    $self->{t}->write_file("$self->{dir}/trust.json", $json->encode($trust));
}


# the admin socket of rfl-keyd

sub keyd_admin {
    my ($self, @command) = @_;

    my $redis = Test::RFL::Redis->new($self->{t}, 'keyd-admin',
                                      sock => $self->{keyd_socket});

    return $redis->connect()->cmd(@command);
}


1;
