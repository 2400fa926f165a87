#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-56: calls of libsodium fail in a running worker, or when nginx starts.
# Nothing is stored, nothing of it is in a log, the visitor is told whom to
# call, and may try again.  Randomness that fails is fatal by libsodium's own
# nature: the worker ends, and with it what it was about to seal.  Each has
# its control: the same without the failure.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";


use Test::RFL;
use Test::RFL::Forms;
use Test::RFL::Preload;


my $t = Test::RFL->new()->needs('module', 'keyd', 'rflctl')
    ->has_command('gcc');

$t->skip_all('libsodium cannot be replaced under ASan')
    if $t->build() eq 'asan';

my $preload = Test::RFL::Preload->new($t, 'fail');


# which calls fail from now on

sub fails {
    my %fail = map { $_ => 1 } @_;

    $preload->tell(pack 'C3', map { $fail{$_} ? 1 : 0 }
                   qw(crypto_box_seal getrandom sodium_init));
}

fails();
$preload->into_nginx();

my $rfl = $t->rfl_up(entries => 10);
my $office = office($rfl);

$t->reload();

my $phone = '+00 12 345 67 89';
my $canary = 'Zarquela Vostrikane';

my @ready = map { walk('alive', answers('alive')) } 1 .. 3;

select undef, undef, undef, 2.1;


is(form('alive', $ready[0], go => 'send')->{status}, 200, 'control: sent');
is(scalar($office->boxes()), 1, '... and stored');
$office->clear();


# crypto_box_seal()

fails('crypto_box_seal');

my $p = form('alive', $ready[1], go => 'send');

is($p->{status}, 503, 'S-56 crypto_box_seal() fails: refused');
like($p->{text}, qr/\Q$phone\E/, '... says whom to call');
like($p->{body}, qr/value="send"/, '... has a button to try again');
unlike($p->{text}, qr/\b\d{4} \d{4} \d{4} \d{4}\b/, '... and no reference');
is(scalar($office->lists()), 0, '... nothing is stored');
is(counters()->{submissions}{error}, 1, '... and it is counted');
is(parse(search(name => $rfl->{entries}[0]{names}[0]{full}))->{status}, 200,
    '... searches go on');

fails();
is(form('alive', $p, go => 'send')->{status}, 200,
    'S-56 control: tried again, it is sent');
is(($office->opened())[0]{answers}{name}, $canary, '... all of it');
$office->clear();


# randomness: the worker ends

my ($worker) = $t->workers();

$t->expect(qr/worker process \d+ exited on signal 6/);

fails('getrandom');
$p = parse(http_post('/en/alive', { state => $ready[2]{state},
                                    go => 'send' }));
fails();

is($p->{status}, 0, 'S-56 no randomness: no answer');
ok($t->wait_for(sub {
    my ($now) = $t->workers();
    return $now && $now != $worker;
}, 60), '... the worker has ended, there is another');
is(scalar($office->lists()), 0, '... nothing is stored');

is(form('alive', $ready[2], go => 'send')->{status}, 200,
    'S-56 control: sent to the next worker');
is(scalar($office->boxes()), 1, '... and stored');

# what the worker left is a core, where nginx was told to leave one

unlink glob $t->testdir() . '/cores/*';


# sodium_init(): nginx does not start, nor does it take a new configuration

my @test = ('/usr/sbin/nginx', '-t', '-p', $t->testdir() . '/', '-c',
    $t->testdir() . '/nginx.conf', '-e', 'stderr');

my ($rc, $out) = $t->command(@test);
is($rc, 0, 'S-56 control: nginx -t') or diag($out);

fails('sodium_init');
($rc, $out) = $t->command(@test);
isnt($rc, 0, 'S-56 sodium_init() fails: nginx does not start');
like($out, qr/libsodium cannot be initialised/, '... and says why');
fails();


# nothing of it in a log

my $logs = join '', map { $t->read_file($_) } glob $t->testdir() . '/logs/*';

unlike($logs, qr/Zarquela|79 555/, 'S-56 nothing of it in a log');
like($logs, qr/signal 6/, 'S-56 control: the log tells of the worker');

$t->done();
