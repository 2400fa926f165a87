package Test::RFL;

# Copyright (C) The RFL authors

=encoding utf8

=head1 NAME

Test::RFL - runs nginx, Redis and rfl-keyd for one test file

=head1 SYNOPSIS

    use lib 'lua-free-tests/http/lib';
    use Test::RFL;

    my $t = Test::RFL->new()->plan(2);

    my $rfl = $t->rfl_up(entries => 10);

    like(http_get('/en/'), qr/200 OK/, 'home page');

    my ($status, $json) = api(name => $rfl->{entries}[0]{names}[0]{full});
    is(scalar @{$json->{results}}, 1, 'a published entry is found');

Run with "prove lua-free-tests/http/x.t" from anywhere in the tree, after
"make all".  A file may run beside others: it has its own folder, sockets
and ports.

=head1 CHECKS MADE BY ITSELF

C<plan(n)> (or C<done()> at the end of a file without a plan) adds three:
no [alert] or [emerg] line in error.log, no sanitizer report anywhere, no
core file.  Servers are stopped gracefully first, so that every file also
tests that.  A file that expects an alert says so: C<< $t->expect(qr/.../) >>.

=head1 VERBS OF THE OBJECT

    new()                     a folder of its own, $t->testdir()
    new(memory => 1)          in memory if there is room: for files whose time
                              would be that of fsync()
    has('http_v2', ...)       skips the file if nginx was built without
    has_command('strace')     skips the file if there is no such program
    needs('rflctl', 'keyd')   skips it if that was not built yet
    plan(n) / done()          n own tests, and the three above

    write_file(name, text)    below testdir; returns the path
    write_file_expand(...)    the same, with expansion (see below)
    read_file(name)           whole content, bytes; '' if absent
    nginx_test(text)          nginx -t on this configuration: (rc, output)

    faketime('-10y')          the clock of nginx from its next start on;
                              '' is the right time again
    run([name])               starts nginx with nginx.conf
    reload()                  HUP, until the new workers answer
    restart()                 stop and run (TEST_RFL_RELOAD=1: a reload)
    upgrade()                 USR2, WINCH, QUIT: a new binary
    stop()                    QUIT, waits
    master() / workers()      process ids

    python('x.py', ask)       a program beside the tests: JSON in, JSON out
    run_daemon(sub, args)     a forked helper, killed at the end
    redis(name, %opt)         starts a Redis: Test::RFL::Redis, below
    rfl_up(%opt)              the whole stack, below
    port(n)                   the free port that stands for n
    wait_for(sub, seconds)    until sub is true; its value
    wait_for_log(qr/../, s)   until error.log matches
    expect(qr/../)            this alert is meant to be there

Expansion replaces 127.0.0.1:8080 (80xx) by a free port, %%PORT_8080%% by
its number, %%TESTDIR%%, %%TEST_GLOBALS%% (the main context: user,
load_module, pid, error_log, one worker; needed in every configuration) and
%%TEST_GLOBALS_HTTP%% (temporary paths, root, and an access log if the text
has none).

=head1 VERBS EXPORTED

    port(n)                   as above, of the newest object
    canaries()                names nobody has, in many scripts
    given_name(n), family_name(n)   ordinary ones, two dozen of each
    slurp(path)               whole content, bytes; '' if absent
    rss(pid), fds(pid)        its memory in kB, its open descriptors

and everything of Test::RFL::HTTP and of Test::More.

=head1 THE STACK

    my $rfl = $t->rfl_up(
        entries => 10,             # sample entries, made here
        draft => { ... },          # members set in each of them
        lines => [ {...}, ... ],   # or these, as Perl data
        policy => { ... },         # members of the policy to change
        conf => 'text',            # into server { }
        http => 'text',            # into http { }; rfl_timeout is 8s and
                                   # rfl_deadline 15s if it names neither
        main => 'text',            # into the main context
        locations => 'text',       # instead of the usual locations
        log => 'crit',             # level of error.log; default warn
        budget => 1000, daily => n # of rfl-keyd
    );

    my $rfl = $t->desk_up(policy => { ... })
                                   # the same without nginx and entries

    $rfl->{entries}                # what was published, as Perl data
    $rfl->{refs}{id}               # their public references
    $rfl->{index}, {desk}, {inbox} # Test::RFL::Redis
    $rfl->{keyd}                   # Test::RFL::Daemon: pid, stop, start
    $rfl->{dir}                    # folder made by rflctl init
    $rfl->ctl('verify', ...)       # runs rflctl: (rc, output)
    $rfl->ctl_ok('rotate')         # the same; dies if it fails
    $rfl->publish([ {...}, ... ])  # signs twice and publishes; refs
    $rfl->waits(2, 5)              # rfl_timeout, rfl_deadline; then reload
    $rfl->secret()                 # secrets of the house, as bytes

=head1 Test::RFL::Redis

    $r->{sock}, $r->pid(), $r->start(), $r->stop(), $r->kill()
    $r->pause(), $r->cont()                   SIGSTOP, SIGCONT
    $r->cmd('GET', 'k')                       as the all-powerful test user
    my $c = $r->connect(user => u, pass => p) an own connection
    $c->cmd(...)                              an error is an object that
                                              prints as "ERR ..."

=head1 ENVIRONMENT

    TEST_NGINX_BINARY   default: Debian's; for asan build/asan/sbin/nginx
    TEST_RFL_BUILD      release (default) or asan
    TEST_RFL_MODULE     the shared object, or "static"
    TEST_RFL_LEAVE=1    keeps testdir and prints where it is
    TEST_RFL_RELOAD=1   configurations arrive by reload, not by a start
    TEST_RFL_VERBOSE=1  prints requests and answers

=cut


use strict;
use warnings;
use utf8;

use base qw(Exporter Test::RFL::Nginx);

use Cwd qw(abs_path);
use Encode qw(encode_utf8 is_utf8);
use File::Basename qw(dirname);
use File::Path qw(remove_tree);
use File::Temp qw(tempdir);
use IO::Socket::INET;
use JSON::PP ();
use POSIX ();
use Test::More import => [ '!plan', '!done_testing' ];
use Time::HiRes qw(sleep time);

use Test::RFL::Daemon;
use Test::RFL::HTTP;
use Test::RFL::Redis;
use Test::RFL::Stack;


our @EXPORT = (@Test::More::EXPORT, @Test::RFL::HTTP::EXPORT,
               qw(port canaries given_name family_name slurp rss fds));

# Test::More's own are replaced by methods
@EXPORT = grep { $_ ne 'plan' && $_ ne 'done_testing' } @EXPORT;

our $TOP = abs_path(dirname(__FILE__) . '/../../../..');
our $CURRENT;

my $implicit = 3;


# life of a test file

sub new {
    my ($class, %opt) = @_;

    my $build = $ENV{TEST_RFL_BUILD} || 'release';
    my $out = "$TOP/build/$build";

    my $self = bless {
        pid => $$,
        build => $build,
        out => $out,
        binary => $ENV{TEST_NGINX_BINARY},
        module => $ENV{TEST_RFL_MODULE},
        ports => {},
        locks => [],
        daemons => [],
        expected => [],
        env => {},
        failed => 0,
    }, $class;

    $self->_choose_nginx();

    # short, for Unix sockets; searchable by the workers' user

    $self->{testdir} = tempdir('rfl-XXXXXXXX', CLEANUP => 0,
                               DIR => $opt{memory} ? _memory() : '/tmp');
    chmod 0755, $self->{testdir};
    mkdir "$self->{testdir}/logs";
    mkdir "$self->{testdir}/cores";
    chmod 01777, "$self->{testdir}/cores";

    $SIG{PIPE} = 'IGNORE';
    $SIG{INT} = $SIG{TERM} = sub { exit 1 };

    $CURRENT = $self;

    return $self;
}


# a file system in memory that a library can be loaded from, or /tmp

sub _memory {
    my $dir = '/dev/shm';

    my ($mount) = grep { (split / /)[1] eq $dir } split /\n/,
        slurp('/proc/mounts');
    my ($free) = (`df --output=avail $dir 2>/dev/null` // '') =~ /(\d+)\s*$/;

    return $mount && $mount =~ / tmpfs / && $mount !~ /noexec/
           && ($free // 0) > 500_000 && -w $dir ? $dir : '/tmp';
}


sub testdir { $_[0]{testdir} }
sub build { $_[0]{build} }
sub out { $_[0]{out} }
sub top { $TOP }


sub plan {
    my ($self, $n) = @_;

    Test::More::plan(tests => $n + $implicit);
    $self->{planned} = 1;

    return $self;
}


sub done {
    my $self = shift;

    $self->_finish();
    Test::More::done_testing();
}


sub skip_all {
    my ($self, $why) = @_;

    $self->{finished} = 1;
    Test::More::plan(skip_all => $why);
}


sub expect {
    my ($self, $re) = @_;

    push @{$self->{expected}}, $re;

    return $self;
}


sub _finish {
    my $self = shift;

    return if $self->{finished}++;

    $self->stop();
    $_->stop() for reverse @{$self->{daemons}};

    my @lines = map { split /\n/, slurp($_) }
        grep { -f } glob "$self->{testdir}/logs/*";

    my @alerts = grep {
        my $line = $_;
        $line =~ /\[(alert|emerg)\]/
            && !grep { $line =~ $_ } @{$self->{expected}};
    } @lines;

    is(join("\n", @alerts), '', 'no alerts in the logs');

    my @reports = grep { /Sanitizer|runtime error:/ } @lines;

    is(join("\n", @reports), '', 'no sanitizer reports');

    if (@reports && open my $f, '>', "$self->{testdir}/reports") {
        print $f map { "$_\n" } @lines;
    }

    my @cores = grep { -f } map { glob "$self->{testdir}/$_" } 'core*',
        '*/core*';

    is(join("\n", @cores), '', 'no core files');
}


sub DESTROY { }


END {
    my $self = $CURRENT;

    if ($self && $self->{pid} == $$) {
        my $rc = $?;

        if ($self->{planned} && $rc == 0) {
            $self->_finish();

        } else {
            $self->stop();
            $_->stop() for reverse @{$self->{daemons}};
        }

        if ($ENV{TEST_RFL_LEAVE}) {
            print STDERR "# left in $self->{testdir}\n";

        } else {
            remove_tree($self->{testdir}, { safe => 0, error => \my $e });
        }

        $? = $rc;
    }
}


# what is there

sub has_command {
    my ($self, @commands) = @_;

    for my $command (@commands) {
        if (!grep { -x "$_/$command" } split /:/, "$ENV{PATH}:/usr/sbin") {
            $self->skip_all("$command is not installed");
        }
    }

    return $self;
}


sub needs {
    my ($self, @parts) = @_;

    my %file = (
        keyd => "$self->{out}/rfl-keyd",
        rflctl => "$self->{out}/rflctl",
        module => $self->{module} eq 'static' ? $self->{binary}
                                              : $self->{module},
    );

    for my $part (@parts) {
        if (!-x $file{$part}) {
            $self->skip_all("$file{$part} was not built");
        }
    }

    return $self;
}


# files

sub write_file {
    my ($self, $name, $text) = @_;

    my $path = $name =~ m{^/} ? $name : "$self->{testdir}/$name";

    open my $f, '>:raw', $path or die "cannot create $path: $!\n";
    print $f is_utf8($text) ? encode_utf8($text) : $text;
    close $f or die "cannot write $path: $!\n";

    return $path;
}


sub write_file_expand {
    my ($self, $name, $text) = @_;

    return $self->write_file($name, $self->expand($text));
}


sub read_file {
    my ($self, $name) = @_;

    return slurp($name =~ m{^/} ? $name : "$self->{testdir}/$name");
}


sub slurp {
    my $path = shift;

    open my $f, '<:raw', $path or return '';
    local $/;

    return <$f> // '';
}


# of a process

sub rss { slurp("/proc/$_[0]/status") =~ /^VmRSS:\s+(\d+)/m ? $1 : 0 }
sub fds { scalar(() = glob "/proc/$_[0]/fd/*") }


# ports: the UDP twin is held as a lock for as long as the test runs

sub port {
    my ($self, $n) = ref $_[0] ? @_ : ($CURRENT, @_);

    return $self->{ports}{$n} if $self->{ports}{$n};

    for (1 .. 500) {
        my $port = 20000 + int rand 12000;

        my $lock = IO::Socket::INET->new(Proto => 'udp',
            LocalAddr => "127.0.0.1:$port") or next;
        my $tcp = IO::Socket::INET->new(Proto => 'tcp', Listen => 1,
            LocalAddr => "127.0.0.1:$port") or next;

        close $tcp;
        push @{$self->{locks}}, $lock;

        return $self->{ports}{$n} = $port;
    }

    die "no free port found\n";
}


# processes

sub spawn {
    my ($self, $log, @command) = @_;

    my $pid = fork() // die "cannot fork: $!\n";

    return $pid if $pid;

    local $ENV{LD_PRELOAD};
    delete $ENV{LD_PRELOAD};

    open STDIN, '<', '/dev/null';
    open STDOUT, '>>', "$self->{testdir}/logs/$log";
    open STDERR, '>>', "$self->{testdir}/logs/$log";
    $self->_environment($command[0]);

    exec { $command[0] } @command or POSIX::_exit(127);
}


# of a program; libraries for it alone, for nginx, and for all stand together

sub _environment {
    my ($self, $program) = @_;

    my @preload = ($ENV{LD_PRELOAD},
                   $program eq $self->{binary} ? $self->{preload} : undef,
                   $self->{env}{LD_PRELOAD});

    @ENV{keys %{$self->{env}}} = values %{$self->{env}};

    $ENV{LD_PRELOAD} = join ':', grep { defined && length } @preload;
    delete $ENV{LD_PRELOAD} if $ENV{LD_PRELOAD} eq '';
}


# runs a command to its end: (exit status, output)

sub command {
    my ($self, @command) = @_;

    my $input = ref $command[-1] ? ${ pop @command } : '';

    my $in = File::Temp->new(TEMPLATE => "$self->{testdir}/in-XXXXXX");
    binmode $in;
    print $in is_utf8($input) ? encode_utf8($input) : $input;
    $in->flush();

    my $pid = open(my $out, '-|') // die "cannot fork: $!\n";

    if (!$pid) {
        open STDIN, '<', $in->filename;
        open STDERR, '>&', \*STDOUT;
        $self->_environment($command[0]);

        exec { $command[0] } @command or POSIX::_exit(127);
    }

    local $/;
    my $text = <$out> // '';
    close $out;

    return ($? & 127 ? 128 + ($? & 127) : $? >> 8, $text);
}


# asks a Python program beside the tests: JSON in, JSON out

sub python {
    my ($self, $program, %ask) = @_;

    my $json = JSON::PP->new->utf8->canonical;

    my ($rc, $out) = $self->command('/usr/bin/python3',
        $self->top() . "/lua-free-tests/http/$program",
        \$json->encode(\%ask));

    die "$program: $out\n" if $rc != 0;

    return $json->decode($out);
}


sub run_daemon {
    my ($self, $code, @args) = @_;

    my $pid = fork() // die "cannot fork: $!\n";

    if (!$pid) {
        $SIG{TERM} = 'DEFAULT';

        if (ref $code) {
            $code->(@args);
            POSIX::_exit(0);
        }

        exec { $code } $code, @args or POSIX::_exit(127);
    }

    my $daemon = Test::RFL::Daemon->adopt($self, $pid);
    push @{$self->{daemons}}, $daemon;

    return $daemon;
}


sub redis {
    my ($self, $name, %opt) = @_;

    my $redis = Test::RFL::Redis->new($self, $name, %opt);
    push @{$self->{daemons}}, $redis;
    $redis->start();

    return $redis;
}


sub desk_up {
    my ($self, %opt) = @_;

    return Test::RFL::Stack->desk($self, %opt);
}


sub rfl_up {
    my ($self, %opt) = @_;

    return Test::RFL::Stack->up($self, %opt);
}


# waiting for events

sub wait_for {
    my ($self, $code, $seconds) = @_;

    my $end = time() + ($seconds || 30);
    my $delay = 0.002;

    while (1) {
        my $value = $code->();

        return $value if $value;
        return 0 if time() > $end;

        sleep $delay;
        $delay = $delay * 1.5 > 0.1 ? 0.1 : $delay * 1.5;
    }
}


sub wait_for_log {
    my ($self, $re, $seconds) = @_;

    return $self->wait_for(sub {
        return $self->read_file('logs/error.log') =~ $re;
    }, $seconds);
}


sub given_name { Test::RFL::Stack::given_name(@_) }
sub family_name { Test::RFL::Stack::family_name(@_) }


# names nobody has: what leaks is found by them

sub canaries {
    return (
        'Zarquela Vostrikane', 'Ольгрида Канареевская',
        'زرقويلة الفسطريكان', 'ዘርቁላ ቮስትሪካነ', 'ဇာကွဲလာ ဗိုစထရီကန်',
        'Θεοκλύτη Βοστρικάνη', 'ज़रक्वेला वोस्त्रिकाने',
        '扎奎拉沃', 'Žarkvéla Vöstrikånë',
    );
}


1;
