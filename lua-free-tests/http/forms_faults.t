#!/usr/bin/perl

# Copyright (C) The RFL authors

# Forms when something is wrong: inbox Redis is killed, stopped, full or
# talks nonsense; bodies that are slow, too long, or no forms.  S-22 what the
# web server's user may do there, S-25 a full inbox, S-70 slow bodies, S-76
# bad bodies.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Encode qw(encode_utf8);
use Time::HiRes qw(sleep time);

use FakeRESP;
use Test::RFL;
use Test::RFL::Forms;


my $t = Test::RFL->new()->needs('module', 'keyd', 'rflctl');

my $rfl = $t->rfl_up(entries => 10, log => 'info',
    http => "rfl_body_timeout 2s;\nrfl_inbox_quota 100000;\n"
            . "rfl_timeout 4s;\nrfl_deadline 6s;\n");

my $office = office($rfl);
$t->reload();

my $phone = '+00 12 345 67 89';
my $canary = 'Zarquela Vostrikane';


# forms that are filled in and old enough to be sent

my @ready;

sub ready {
    push @ready, map { walk('withdraw', answers('withdraw')) } 1 .. $_[0];
}

sub send_one {
    return form('withdraw', shift(@ready), go => 'send');
}

sub refused {
    my ($what, $p, $outcome) = @_;

    is($p->{status}, 503, "$what: refused");
    like($p->{text}, qr/\Q$phone\E/, '... says whom to call');
    like($p->{body}, qr/value="send"/, '... has a button to try again');
    is(counters()->{requests}{withdraw}{$outcome} > 0, 1, "... is $outcome");
}

ready(30);
sleep 2.1;

is(send_one()->{status}, 200, 'control: with all well it is sent');
is(scalar($office->boxes()), 1, '... and stored');


# away

my $sock = $rfl->{inbox}{sock};

$rfl->{inbox}->kill();
my $p = send_one();
refused('killed', $p, 'away');

$rfl->{inbox}->start();
$t->wait_for(sub { form('withdraw', $p, go => 'send')->{status} == 200 }, 20);
is(scalar($office->boxes()), 2, 'started again: tried again, stored once');
is(form('withdraw', $p, go => 'send')->{status}, 200, '... and known');
is(scalar($office->boxes()), 2, '... still once');

$rfl->{inbox}->pause();
my $start = time();
$p = send_one();
my $took = time() - $start;
cmp_ok($took, '<', 15, 'stopped: answered in time');
refused('stopped', $p, 'away');

# a search does not mind

is(parse(search(name => 'Amalia Abendroth'))->{status}, 200,
    '... and searches go on');
$rfl->{inbox}->cont();
ok($t->wait_for(sub { form('withdraw', $p, go => 'send')->{status} == 200 },
                20), '... and goes on');


# S-25 full, and nothing is thrown away for it

$office->clear();
$rfl->{inbox}->cmd('SET', 'filler', 'x' x 3000000);
$rfl->{inbox}->cmd('CONFIG', 'SET', 'maxmemory', 2000000);
$p = send_one();
refused('S-25 full', $p, 'full');
is($rfl->{inbox}->cmd('STRLEN', 'filler'), 3000000,
    'S-25 nothing was evicted');
$rfl->{inbox}->cmd('CONFIG', 'SET', 'maxmemory', 0);
$rfl->{inbox}->cmd('DEL', 'filler');
is(form('withdraw', $p, go => 'send')->{status}, 200,
    'S-25 control: with room it is stored');


# nonsense

my $fake = FakeRESP->new($t, $sock);

# the worker shall come to it

Test::RFL::Redis->new($t, 'moved', sock => $fake->{upstream},
                      user => 'tester', pass => 'tester')->connect()
    ->cmd('CLIENT', 'KILL', 'USER', 'pub_inbox');

for my $case (
    [ 'an error', [ 'reply', bytes => "-ERR no\r\n", only => 'RPUSH' ] ],
    [ 'the disk', [ 'reply', bytes => "-MISCONF\r\n", only => 'RPUSH' ],
      'full' ],
    [ 'no number', [ 'reply', bytes => "+OK\r\n", only => 'RPUSH' ] ],
    [ 'zero', [ 'reply', bytes => ":0\r\n", only => 'RPUSH' ] ],
    [ 'garbage', [ 'reply', bytes => "\x00\xff!!\r\n", only => 'RPUSH' ] ],
    [ 'closing', [ 'close', only => 'RPUSH' ] ],
    [ 'silence', [ 'silent', only => 'RPUSH' ] ])
{
    my ($what, $does, $outcome) = @$case;

    $fake->does('pass');
    my $back = $t->wait_for(sub {
        my $p = shift @ready || return 1;
        my $ok = form('withdraw', $p, go => 'send')->{status} == 200;
        unshift @ready, $p if !$ok;
        return $ok;
    }, 20);
    ok($back, "before $what: all is well");

    $office->clear();
    $fake->does(@$does);
    $p = send_one();
    refused("an answer that is $what", $p, $outcome || 'away');
}

$fake->end();


# S-76 bodies

my $form = 'application/x-www-form-urlencoded';

sub post {
    my ($body, $type) = @_;

    return parse(http_post('/en/alive', $body,
                           'Content-Type' => $type // $form))->{status};
}

is(post('adult=yes&' . 'x' x 40000), 413, 'S-76 too long');
is(post(join '&', map { "f$_=$canary" } 1 .. 500), 400, 'S-76 many fields');
is(post(join '&', map { "f$_=" } 1 .. 10000), 413, 'S-76 10,000 fields');
is(post('adult=yes&adult=yes'), 400, 'S-76 a field twice');
is(post('unknown=1'), 400, 'S-76 an unknown field');
is(post('adult=%zz'), 400, 'S-76 bad encoding');
is(post('adult=yes', 'multipart/form-data; boundary=x'), 415,
    'S-76 multipart');
is(post('adult=yes', 'text/plain'), 415, 'S-76 text');
is(post('adult=yes', "$form; charset=iso-8859-1"), 415, 'S-76 charset');
is(post('adult=yes', "$form; charset=utf-8"), 200, 'S-76 control');

my $looking = form('looking');

for my $case ([ "a\xffb", 'not UTF-8' ], [ "a\x01b", 'a control' ],
              [ encode_utf8("a\x{202e}b"), 'bidi' ],
              [ 'x' x 121, 'too long' ])
{
    my ($name, $what) = @$case;

    $p = page(http_post('/en/looking', 'state=' . $looking->{state} . '&name='
        . ($name =~ s/([^a-z])/sprintf '%%%02x', ord $1/ger),
        'Content-Type' => $form));

    my $shown = $p->{title} =~ /^Error: /
        || form('looking', $p, go => 'back')->{html}
           =~ /id="name"[^>]+value="ab"/;
    ok($p->{status} == 400 || $shown, "S-76 $what is refused, or taken out");
    unlike($p->{body}, qr/\xff|\x01|\xe2\x80\xae/, '... and not given back');
}


# S-70 a drop a second: cut at the deadline of the whole

my $s = http("POST /en/alive HTTP/1.1\r\nHost: x\r\nContent-Type: $form\r\n"
    . "Content-Length: 1000\r\n\r\nname=Zarq", start => 1);

$start = time();
my $answer = '';

while (time() - $start < 20) {
    last if !syswrite $s, 'x';
    my $ready = IO::Select->new($s)->can_read(0.5);
    last if $ready && !sysread $s, $answer, 65536, length $answer;
    last if $answer =~ m{</html>};
}

$took = time() - $start;
is(parse($answer)->{status}, 408, 'S-70 a slow body');
cmp_ok($took, '<', 10, '... is cut at the deadline');


# S-22 what the web server may do there: nothing but append

my $pub = $rfl->{inbox}->connect(user => 'pub_inbox',
    pass => Test::RFL::slurp("$rfl->{dir}/secrets/pub-inbox") =~ s/\s+\z//r);

like($pub->cmd('RPUSH', 'in:northland:20000101', 'x'), qr/^[1-9]/,
    'S-22 control: it appends');

for my $command ([ 'RPUSH', 'x', 'x' ], [ 'LRANGE', 'in:x:1', 0, -1 ],
    [ 'LLEN', 'in:x:1' ], [ 'LPOP', 'in:x:1' ], [ 'DEL', 'in:x:1' ],
    [ 'KEYS', '*' ], [ 'SCAN', 0 ], [ 'DBSIZE' ], [ 'RANDOMKEY' ], [ 'INFO' ],
    [ 'MONITOR' ], [ 'SLOWLOG', 'GET' ], [ 'CLIENT', 'LIST' ],
    [ 'ACL', 'LIST' ], [ 'CONFIG', 'GET', '*' ], [ 'EVAL', 'return 1', 0 ],
    [ 'FUNCTION', 'LIST' ], [ 'RESTORE', 'in:x:1', 0, 'x' ],
    [ 'DEBUG', 'JMAP' ], [ 'MODULE', 'LIST' ], [ 'SUBSCRIBE', 'x' ],
    [ 'XADD', 'in:x:1', '*', 'a', 'b' ], [ 'RENAME', 'in:x:1', 'in:x:2' ],
    [ 'FLUSHALL' ], [ 'SHUTDOWN' ], [ 'LTRIM', 'in:x:1', 1, 0 ],
    [ 'EXPIRE', 'in:x:1', 1 ])
{
    like($pub->cmd(@$command), qr/^NOPERM|^ERR DEBUG command not/, "S-22 @{$command}[0]");
}


# nothing of it in a log

my $logs = join '', map { $t->read_file($_) } glob $t->testdir() . '/logs/*';

unlike($logs, qr/Zarq|79 555|Take it down/, 'nothing of it in a log');
like($logs, qr/inbox/, '... control: the log tells of the inbox');

$t->done();
