package Test::RFL::Sample;

# Copyright (C) The RFL authors

# The site as dist/nginx/rfl.conf has it: protocols, limits and logs are those
# that a society gets, only paths and ports are the test's.
#
#     sample_up($t, $rfl);              nginx, beside the stack of $rfl
#     sample_up($t, $rfl, sub { ... }); the same, with $_ changed before
#
# TLS is on 127.0.0.1:8443, /status on 8089.  The old nginx.conf is gone.

use strict;
use warnings;

use base 'Exporter';

our @EXPORT = qw(sample_up sample_key);


sub sample_up {
    my ($t, $rfl, $change) = @_;

    my $dir = $t->testdir();
    my $text = Test::RFL::slurp($t->top() . '/dist/nginx/rfl.conf');

    sample_key($t) if !-e "$dir/key.pem";

    my @places = (
        qr{/etc/rfl/(\w+)\.json} => sub { "$rfl->{dir}/$1.json" },
        qr{/etc/rfl/(index|inbox|hide)\.password} => sub {
            "$rfl->{dir}/secrets/pub-" . ($1 eq 'index' ? 'search' : $1) },
        qr{/etc/ssl/rfl} => sub { $dir },
        qr{/run/rfl-(?:index|inbox|keyd)} => sub { $rfl->{run} },
        qr{/var/log/nginx} => sub { "$dir/logs" },
        qr{(?<=listen )443} => sub { '127.0.0.1:8443' },
        qr{(?<=listen )80\b} => sub { '127.0.0.1:8081' },

        # the forms are asked for, too
        qr{^\#(?=rfl_inbox|rfl_hide|  +password)}m => sub { '' },
    );

    while (my ($what, $by) = splice @places, 0, 2) {
        $text =~ s/$what/$by->()/ge or die "rfl.conf: nothing is $what\n";
    }

    if ($change) {
        local $_ = $text;
        $change->();
        $text = $_;
    }

    $t->write_file_expand('nginx.conf', "%%TEST_GLOBALS%%\n"
        . "events { worker_connections 1024; }\nhttp {\n"
        . "rfl_pages " . $t->top() . "/pages;\n"
        . "rfl_timeout 8s;\nrfl_deadline 15s;\n"
        . "%%TEST_GLOBALS_HTTP%%\n$text}\n");

    return $t->restart();
}


# a key of the server, or another one; its public half

sub sample_key {
    my $t = shift;

    my $dir = $t->testdir();

    my ($rc, $out) = $t->command('openssl', 'req', '-x509', '-newkey',
        'rsa:2048', '-nodes', '-days', 2, '-subj', '/CN=localhost', '-keyout',
        "$dir/key.pem", '-out', "$dir/fullchain.pem");

    die "openssl req: $out" if $rc != 0;
}


1;
