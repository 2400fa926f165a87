package Test::RFL::Nginx;

# Copyright (C) The RFL authors

# The nginx of a test file: its binary, its configuration, its processes.  A
# Test::RFL is one of these, too; its head lists the verbs.

use strict;
use warnings;
use utf8;

use Test::More import => [ 'fail' ];


sub _choose_nginx {
    my $self = shift;

    my $static = "$self->{out}/sbin/nginx";

    if (!$self->{binary}) {
        $self->{binary} = $self->{build} eq 'asan' && -x $static
                          ? $static : '/usr/sbin/nginx';
    }

    if (!$self->{module}) {
        $self->{module} = $self->{binary} eq $static
                          ? 'static' : "$self->{out}/ngx_http_rfl_module.so";
    }

    if ($self->{build} eq 'asan') {
        $self->{env}{ASAN_OPTIONS} = 'detect_odr_violation=0:'
            . 'verify_asan_link_order=0:detect_stack_use_after_return=1:'
            . 'detect_leaks=' . ($self->{module} eq 'static' ? 1 : 0);
        $self->{env}{LSAN_OPTIONS} = 'print_suppressions=0:'
            . 'suppressions=' . $self->top()
            . '/lua-free-tests/http/lsan.supp';
        $self->{env}{UBSAN_OPTIONS} = 'print_stacktrace=1';

        if ($self->{module} ne 'static') {
            chomp(my $lib = `gcc -print-file-name=libasan.so`);
            $self->{preload} = $lib;
        }
    }
}


# skips the file if nginx was built without

sub has {
    my ($self, @features) = @_;

    $self->{version} //= `$self->{binary} -V 2>&1`;

    for my $feature (@features) {
        if ($self->{version} !~ /--with-\Q$feature\E(_module)?\b/) {
            $self->skip_all("nginx was built without $feature");
        }
    }

    return $self;
}


sub faketime {
    my ($self, $offset) = @_;

    my ($lib) = glob '/usr/lib/*/faketime/libfaketime.so.1';

    $self->skip_all('faketime is not installed') if !$lib;

    $self->{preload} = $offset ? $lib : undef;
    $self->{env}{FAKETIME} = $offset;
    delete $self->{env}{FAKETIME} if !$offset;

    return $self;
}


# configuration

sub expand {
    my ($self, $text) = @_;

    my $dir = $self->{testdir};

    my $globals = "pid $dir/nginx.pid;\n"
        . "error_log $dir/logs/error.log "
        . ($ENV{TEST_RFL_DEBUG} ? 'debug' : 'info') . ";\n"
        . "worker_rlimit_core 500m;\nworking_directory $dir/cores;\n"
        . "worker_processes " . ($self->{worker_processes} || 1) . ";\n";

    if ($self->{module} ne 'static') {
        $globals = "load_module $self->{module};\n$globals";
    }

    $globals .= "user www-data;\n" if $> == 0;
    $globals .= "env $_;\n" for sort keys %{$self->{env}};
    $globals .= "env LD_PRELOAD;\n" if $self->{preload};

    my $http = "root $dir;\n"
        . ($text =~ /^\s*access_log /m
           ? '' : "access_log $dir/logs/access.log;\n")
        . join '', map { "${_}_temp_path $dir/tmp_$_;\n" }
            qw(client_body fastcgi proxy uwsgi scgi);

    $text =~ s/%%TEST_GLOBALS%%/$globals/g;
    $text =~ s/%%TEST_GLOBALS_HTTP%%/$http/g;
    $text =~ s/%%TESTDIR%%/$dir/g;
    $text =~ s/%%PORT_(\d+)%%/$self->port($1)/ge;
    $text =~ s/127\.0\.0\.1:(8\d\d\d)\b/'127.0.0.1:' . $self->port($1)/ge;

    return $text;
}


my $empty_conf = "%%TEST_GLOBALS%%\nevents { }\nhttp {\n"
    . "%%TEST_GLOBALS_HTTP%%\n}\n";


sub _command {
    my ($self, @args) = @_;

    my $dir = $self->{testdir};

    return ($self->{binary}, '-p', "$dir/", '-e', "$dir/logs/error.log",
            @args);
}


sub nginx_test {
    my ($self, $text) = @_;

    my $path = $self->write_file_expand('test.conf', $text);

    # errors are wanted here, and not in the log of the running nginx, and
    # nginx -t does not free what it read

    local $self->{env}{ASAN_OPTIONS} = 'detect_leaks=0'
        if $self->{build} eq 'asan';

    my ($rc, $out) = $self->command($self->{binary}, '-p',
        "$self->{testdir}/", '-e', 'stderr', '-t', '-c', $path);

    return ($rc, $out);
}


# processes

sub run {
    my ($self, $name) = @_;

    # http-reload leaves these out

    my ($file) = $0 =~ m{([^/]+)\.t$};

    die "$0 starts nginx: take it from NO_RELOAD of the Makefile\n"
        if grep { $_ eq $file } split ' ', $ENV{TEST_RFL_NO_RELOAD} // '';

    my $conf = "$self->{testdir}/" . ($name || 'nginx.conf');

    if ($ENV{TEST_RFL_RELOAD}) {
        my $text = $self->read_file($conf);

        $self->write_file_expand($conf, $empty_conf);
        $self->_start($conf);
        $self->write_file($conf, $text);

        return $self->reload();
    }

    return $self->_start($conf);
}


# nginx must be a daemon of its own: it ignores USR2 while its parent lives

sub _start {
    my ($self, $conf) = @_;

    unlink "$self->{testdir}/nginx.pid";

    my ($rc, $out) = $self->command($self->_command('-c', $conf));

    if ($rc == 0 && $self->wait_for(sub { $self->workers() }, 30)) {
        $self->{nginx} = $self->master();

        return $self;
    }

    die "nginx does not start:\n$out" . $self->read_file('logs/error.log');
}


sub master {
    my $self = shift;

    my $pid = $self->read_file("$self->{testdir}/nginx.pid");
    chomp $pid;

    return $pid;
}


sub workers {
    my $self = shift;

    my $master = $self->master() or return;

    return grep {
        $self->read_file("/proc/$_/cmdline") =~ /^nginx: worker process(?! is)/
    } split ' ', $self->read_file("/proc/$master/task/$master/children");
}


sub reload {
    my $self = shift;

    my %old = map { $_ => 1 } $self->workers();
    my $master = $self->master();
    my $log = -s "$self->{testdir}/logs/error.log" || 0;

    kill 'HUP', $master;

    my $ok = $self->wait_for(sub {
        my @new = $self->workers();

        return 1 if @new && !grep { $old{$_} } @new;

        return -1 if substr($self->read_file('logs/error.log'), $log)
                     =~ /\[emerg\]/;
        return 0;
    }, 30);

    die "nginx does not reload\n" if !$ok;

    return $self;
}


sub restart {
    my $self = shift;

    return $self->reload() if $ENV{TEST_RFL_RELOAD};

    $self->stop();

    return $self->run();
}


sub upgrade {
    my $self = shift;

    my $old = $self->master();

    kill 'USR2', $old;

    $self->wait_for(sub {
        my $new = $self->master();
        return $new && $new ne $old && $self->workers();
    }, 30) or die "nginx does not start its successor\n";

    kill 'WINCH', $old;
    kill 'QUIT', $old;

    $self->wait_for(sub { $self->_gone($old) }, 30)
        or die "the old nginx does not quit\n";

    $self->{nginx} = $self->master();

    return $self;
}


sub stop {
    my $self = shift;

    my $pid = delete $self->{nginx} or return $self;

    kill 'QUIT', $pid;

    if (!$self->wait_for(sub { $self->_gone($pid) }, 30)) {
        kill 'TERM', $pid;
        $self->wait_for(sub { $self->_gone($pid) }, 5) or kill 'KILL', $pid;
        fail('nginx quits');
    }

    return $self;
}


# a zombie is gone: its parent is not ours to blame

sub _gone {
    my ($self, $pid) = @_;

    my ($state) = $self->read_file("/proc/$pid/stat") =~ /\) (\w)/;

    return !$state || $state eq 'Z';
}


1;
