#!/usr/bin/perl

# Copyright (C) The RFL authors

# What stays behind: S-01 a dump of the index, S-02 logs, S-03 secrets in
# configuration, environment and command lines, S-04 files, S-05 the memory of
# a worker, S-07 who may read it, S-11 a dump and the next epoch's secret.
# Each has its control: the same look does find what was put there.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Encode qw(encode_utf8);
use POSIX qw(:sys_wait_h);

use Test::RFL;
use Test::RFL::Forms;


my $t = Test::RFL->new()->needs('module', 'keyd', 'rflctl')
    ->has_command('strace', 'inotifywait', 'gdb');

$t->skip_all('reads memory as it is in a release build')
    if $t->build() ne 'release';
$t->skip_all('needs root, to read the memory of other processes') if $> != 0;

my $dir = $t->testdir();
my $leakgrep = $t->top() . '/lua-free-tests/leakgrep';

my @canaries = canaries();

# four hundred entries, half of them with a canary in the name

my @lines = map {
    my $n = $_;
    my $given = given_name($n);
    my $canary = $canaries[$n % @canaries];

    { id => "n$n", birth_year => 1940 + $n % 60, father => "$given Vostrikane",
      names => [ $n % 2 ? "$canary $given" : "$given Abendroth" ] };
} 1 .. 400;

my $rfl = $t->rfl_up(lines => \@lines, policy => { cap => 64 },
    log => 'crit', http => 'rfl_timeout 4s; rfl_deadline 6s;');

# what visitors hand in: in the forms' own words, and a canary in each

my @told = ('Qaldremu vontikra zhelbunod.', '+41 79 555 01 99',
            'Wexoltri pambesku drovanik.');

my $list = $t->write_file('canaries', join "\n", @canaries, '203.0.113.77',
                          @told);

my $office = office($rfl);
$t->reload();


sub leakgrep {
    my (@args) = @_;

    my ($rc, $out) = $t->command($leakgrep, @args);

    return $rc == 0 ? '' : $out || "leakgrep: $rc";
}


# S-04: who writes files while searches go on

my $worker = ($t->workers())[0];

my $strace = $t->run_daemon('/usr/bin/strace', '-f', '-qq', '-o',
    "$dir/strace.out", '-e', 'trace=openat,open,creat,mkdir,mkdirat,rename',
    '-p', $worker);
my $inotify = $t->run_daemon('/bin/sh', '-c', "exec inotifywait -q -m -r "
    . "-e create -e modify -o '$dir/inotify.out' '$dir'/tmp_* "
    . "'$dir/logs' '$dir/cores' >/dev/null 2>&1");

ok($t->wait_for(sub {
    $t->read_file("/proc/$worker/status") =~ /TracerPid:\s+[1-9]/
}, 30), 'S-04 strace is attached');


# searches that find, that find nothing, and that fail in every way

my $found = 0;

sub searches {
    my $rounds = shift;

    # ten visitors at a time

    while ($rounds > 0) {
        my @open = map {
            my $n = $rounds--;
            my $name = $lines[$n % @lines]{names}[0];

            $n % 3 ? search(name => $name, start => 1)
                   : api(name => $name, birth_year => 1970, start => 1)
        } 1 .. 10;

        $found += grep { parse(http_end($_))->{status} == 200 } @open;
    }
}

# submissions: each filled in to the end, a message with every canary

sub ready {
    my $rounds = shift;

    my @ready = map {
        my $form = (qw(withdraw looking alive))[$_ % 3];

        [ $form, walk($form, answers($form, name => $canaries[$_ % @canaries],
            phone => $told[1], $form eq 'alive' ? (reach => $told[2])
                : $form eq 'looking' ? (tie => $told[0])
                : (words => $told[0]))) ]
    } 1 .. $rounds;

    select undef, undef, undef, 2.1;

    return @ready;
}

sub submissions {
    return map { form($_->[0], $_->[1], go => 'send') } @_;
}

my @ready = ready(22);
my @handed = submissions(splice @ready, 0, 18);

is(scalar(grep { $_->{status} == 200 } @handed), 18, 'forms are sent');
is(scalar($office->boxes()), 18, '... and stored');

searches(200);
cmp_ok($found, '==', 200, 'searches are answered');

my $canary = $canaries[0];
my $form = 'application/x-www-form-urlencoded';
my $address = '203.0.113.77';

my @errors = (
    http_post('/en/search', "name=$canary\xff", 'Content-Type' => $form),
    http_post('/en/search', "name=$canary&" . 'x' x 300000,
              'Content-Type' => $form),
    http_post('/en/search', "name=$canary", 'Content-Type' => 'text/plain'),
    http_post('/api/v1/search', "{\"name\":\"$canary\"",
              'Content-Type' => 'application/json'),
    http_get('/en/search?name=' . ($canary =~ tr/ /+/r),
             'Referer' => "http://x/?q=$canary",
             'X-Forwarded-For' => $address, 'User-Agent' => $canary),
    http_get('/en/' . ($canary =~ s/ /%20/r)),
    http("POST /en/search HTTP/1.1\r\nHost: $canary\r\n\r\n"),
    http("$canary\r\n\r\n"),
    http("DELETE /en/?Zarquela HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
);

# forms that fail in every way

my $words = $told[0] =~ tr/ /+/r;

push @errors,
    http_post('/en/looking', "name=$words\xff&phone=%zz",
              'Content-Type' => $form),
    http_post('/en/looking', "words=$words&" . 'x' x 50000,
              'Content-Type' => $form),
    http_post('/en/looking', "words=$words",
              'Content-Type' => 'multipart/form-data; boundary=x'),
    http_post('/en/looking', "state=AAAA&words=$words",
              'Content-Type' => $form);

$rfl->{inbox}->kill();
my $kept = shift @ready;
push @errors, http_post("/en/$kept->[0]", { state => $kept->[1]{state},
                                            go => 'send' });
$rfl->{inbox}->start();

# a body that stops in the middle, and a client who leaves

my $s = http("POST /en/search HTTP/1.1\r\nHost: x\r\nContent-Type: $form\r\n"
             . "Content-Length: 100\r\n\r\nname=$canary", start => 1);
close $s;

$rfl->{index}->pause();
push @errors, search(name => $canary);
$s = search(name => $canary, start => 1);
close $s;
$rfl->{index}->cont();

$rfl->{index}->kill();
push @errors, search(name => $canary);
$rfl->{index}->start();

$rfl->{keyd}->stop();
push @errors, search(name => $canary), (api(name => $canary))[2];
$rfl->{keyd}->start();

is(join(' ', map { parse($_)->{status} } @errors),
    '200 413 415 400 200 404 400 400 405 400 413 415 400 503 503 503 503 503',
    'S-02 every error path was taken');

$rfl->ctl_ok('rotate');

ok($t->wait_for(sub {
    parse(search(name => $canaries[0] . ' Boris'))->{status} == 200
}, 60), 'and the stack is whole again');

searches(20);
submissions(@ready);

# a worker that wrote to a server just killed is told so by a signal

is($t->read_file('strace.out') =~ s/^.*(?:--- SIG|ENOENT|O_RDONLY\b(?!\|O_CREAT)).*\n//mgr,
    '', 'S-04 no worker has created or written a file');

my @touched = grep { !m{/logs/ } } split /\n/, $t->read_file('inotify.out');

is("@touched", '', 'S-04 nothing appeared in the temporary folders');

# control: the same watchers see a file

$t->write_file('tmp_client_body/planted', 'x');

ok($t->wait_for(sub { $t->read_file('inotify.out') =~ /planted/ }, 20),
    'S-04 control: inotifywait sees a file');
unlink "$dir/tmp_client_body/planted";

$_->stop() for $strace, $inotify;

my $traced = $t->command('/usr/bin/strace', '-f', '-qq', '-o',
    "$dir/strace.control", '-e', 'trace=openat,open,creat', 'touch',
    "$dir/touched");
like($t->read_file('strace.control'), qr/O_CREAT.*\n/,
    'S-04 control: strace sees one');


# S-02

is(leakgrep('-c', $list, "$dir/logs"), '', 'S-02 no name in any log');

my $logs = join '', map { $t->read_file($_) } glob "$dir/logs/*";

unlike($logs, qr/\b127\.0\.0\.1\b(?!:\d+"?;?$)/m, 'S-02 no address either')
    or diag((grep { /127\.0\.0\.1/ } split /\n/, $logs)[0]);

$t->write_file('planted.log', encode_utf8("x $canaries[2] y\n"));
isnt(leakgrep('-1', '-c', $list, "$dir/planted.log"), '',
    'S-02 control: a name in a log is found');


# S-01: what a thief of the inbox has

my $inbox = $rfl->{inbox}->cmd('CONFIG', 'GET', 'dir')->[1];

cmp_ok((grep { -s > 100000 } glob "$inbox/appendonlydir/*"), '>', 0,
    'S-01 the inbox is on the disk');
is(leakgrep('-c', $list, glob("$inbox/appendonlydir/*")), '',
    'S-01 no word of it there');
is(leakgrep('-c', $list, $rfl->{inbox}->pid()), '',
    'S-01 nor in the memory of inbox Redis');
$rfl->{inbox}->cmd('RPUSH', 'in:planted:1', "x $told[0] y");
isnt(leakgrep('-1', '-c', $list, glob("$inbox/appendonlydir/*")), '',
    'S-01 control: a word in it is found');
$rfl->{inbox}->cmd('DEL', 'in:planted:1');
$rfl->{inbox}->cmd('BGREWRITEAOF');


# S-01: what a thief of the index has

my $dump = $rfl->{index}->dump();

cmp_ok(scalar keys %$dump, '>', 1200, 'S-01 the index is not empty');

my $save = $rfl->{index}->cmd('SAVE');
my $rdb = $rfl->{index}->cmd('CONFIG', 'GET', 'dir')->[1] . '/'
    . $rfl->{index}->cmd('CONFIG', 'GET', 'dbfilename')->[1];

is("$save", 'OK', 'S-01 dumped, by somebody who may do all');
cmp_ok(-s $rdb, '>', 100000, 'S-01 the dump has everything');
is(leakgrep('-c', $list, $rdb), '', 'S-01 no name in the dump');
is(leakgrep('-c', $list, $rfl->{index}->pid()), '',
    'S-01 nor in the memory of index Redis');
is(leakgrep('-c', $list, $rfl->{keyd}->pid()), '',
    'S-01 nor in that of rfl-keyd');

$rfl->{index}->cmd('SET', 'planted', encode_utf8($canaries[3] x 20));
$rfl->{index}->cmd('SAVE');
isnt(leakgrep('-1', '-c', $list, $rdb), '', 'S-01 control: a name in it is found');
isnt(leakgrep('-1', '-c', $list, $rfl->{index}->pid()), '',
    'S-01 control: and in the memory');
$rfl->{index}->cmd('DEL', 'planted');
unlink $rdb;

is(scalar(grep { length($_) != 16 } keys %$dump), 0,
    'S-01 every key has 16 bytes');

my %sizes;
$sizes{length $_}++ for values %$dump;
is(join(' ', sort { $a <=> $b } keys %sizes), '124 504',
    'S-01 values have two sizes');


# S-03

my @secrets = $rfl->secrets();

cmp_ok(scalar @secrets, '>=', 4, 'S-03 there are secrets');

my @looked;

for my $pid ($t->master(), $t->workers(), $rfl->{index}->pid(),
             $rfl->{desk}->pid(), $rfl->{keyd}->pid())
{
    for my $what (qw(environ cmdline)) {
        push @looked, $t->write_file("looked.$pid.$what",
            $t->read_file("/proc/$pid/$what"));
    }
}

my (undef, $nginx_t) = $t->command('/usr/sbin/nginx', '-T', '-p', "$dir/",
    '-e', 'stderr', '-c', "$dir/nginx.conf");

push @looked, $t->write_file('looked.nginx', $nginx_t);

for my $name (qw(index desk)) {
    my $config = $rfl->{$name}->cmd('CONFIG', 'GET', '*');
    push @looked, $t->write_file("looked.$name", join "\n", map { $_ // '' }
                                 @$config);
}

like($nginx_t, qr/rfl_index/, 'S-03 nginx -T tells its configuration');

my @as = map { ('-s', $_) } @secrets;

is(leakgrep(@as, @looked, glob("$dir/logs/*")), '', 'S-03 no secret in them');

my $planted = $t->write_file('planted.secret',
    'x ' . unpack('H*', $t->read_file($secrets[0])));
isnt(leakgrep('-1', @as, @looked, $planted, $secrets[0]), '',
    'S-03 control: a secret is found');


# S-07: the worker's own user may not read its memory.  A worker that
# was started before it became www-data counts, so it is asked anew.

my $reader = 'import sys; open("/proc/%s/mem" % sys.argv[1], "rb").read(0); '
    . 'f = open("/proc/%s/mem" % sys.argv[1], "rb"); '
    . 'a = int(open("/proc/%s/maps" % sys.argv[1]).readline().split("-")[0], '
    . '16); f.seek(a); sys.exit(0 if len(f.read(16)) == 16 else 1)';

my @as_worker = ('/usr/bin/setpriv', '--reuid=www-data', '--regid=www-data',
    '--clear-groups');

my ($rc) = $t->command(@as_worker, '/usr/bin/python3', '-c', $reader,
                       ($t->workers())[0]);

isnt($rc, 0, 'S-07 www-data may not read the memory of a worker');

my $sleeper = $t->run_daemon(@as_worker, '/bin/sleep', 60);

ok($t->wait_for(sub {
    my ($rc) = $t->command(@as_worker, '/usr/bin/python3', '-c', $reader,
                           $sleeper->pid());
    return $rc == 0;
}, 20), 'S-07 control: it may read that of another process of its own');


# S-05: the memory of a worker that has searched for all of them.  Several
# connections of other visitors first, as in a minute of a busy night: what
# nginx itself keeps in freed memory is not wiped by anybody.

searches(100);

for (1 .. 60) {
    search(name => 'Nobody Atall');
    http_get('/en/');
}

my $pid = ($t->workers())[0];

my ($gcore) = $t->command('/usr/bin/gdb', '-p', $pid, '-batch', '-ex',
    "generate-core-file $dir/worker.dump");

cmp_ok(-s "$dir/worker.dump" || 0, '>', 1000000, 'S-05 a core was made');
is(leakgrep('-c', $list, "$dir/worker.dump"), '',
    'S-05 no name in the memory of a worker');

# control: a name that is in the configuration is in the memory

isnt(leakgrep('-1', '-c',
              $t->write_file('known', "\nContent-Security-Policy\n"),
              "$dir/worker.dump"), '', 'S-05 control: what is there is found');
unlink "$dir/worker.dump" if !$ENV{TEST_RFL_LEAVE};


# S-11

sub attack { $t->python('attacker.py', @_) }

my $name = 'Chiara Abendroth';
my %dump = map { unpack('H*', $_) => unpack('H*', $dump->{$_}) } keys %$dump;

my $keys = attack(op => 'keys', keyd => $rfl->{keyd_query}, name => $name);

cmp_ok(scalar @{$keys->{keys}}, '>', 0, 'S-11 keys of epoch n');

my $opened = attack(op => 'open', keys => $keys, dump => \%dump);

cmp_ok(scalar @{$opened->{records}}, '>', 0,
    'S-11 control: with the secret of epoch n the dump opens');

$rfl->ctl_ok('rotate');

my $next = attack(op => 'keys', keyd => $rfl->{keyd_query}, name => $name);

isnt($next->{epoch}, $keys->{epoch}, 'S-11 the next epoch');

$opened = attack(op => 'open', keys => $next, dump => \%dump);
is_deeply($opened->{elements}, [], 'S-11 with the next one nothing opens');

# nor if the number of the old epoch is known

$opened = attack(op => 'open', dump => \%dump,
    keys => { %$next, epoch => $keys->{epoch} });
is_deeply($opened->{elements}, [], 'S-11 whatever number is told');

my $now = $rfl->{index}->dump();
is(scalar(grep { exists $dump->{$_} } keys %$now), 0,
    'S-11 and no key of the old index is left');

$t->done();
