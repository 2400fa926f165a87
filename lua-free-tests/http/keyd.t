#!/usr/bin/perl

# Copyright (C) The RFL authors

# rfl-keyd: its protocol and the limits of it, epochs, the budget, its start
# and its end.  keyd_memory.t looks at what it holds.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use IO::Poll;
use IO::Select;
use List::Util qw(max min);
use Time::HiRes qw(sleep time);

use Test::RFL;
use Test::RFL::Keyd;


my $t = Test::RFL->new()->needs('keyd');

my $k = Test::RFL::Keyd->new($t, 'keyd');
push @{$t->{daemons}}, $k;
$k->start();


sub bulk {
    return join '', '*', scalar @_, "\r\n",
        map { '$' . length($_) . "\r\n$_\r\n" } @_;
}


# sends bytes to a new client: what came back until it was closed, or until
# so many bytes have come; without a size, a line

sub raw {
    my ($bytes, %opt) = @_;

    local $SIG{PIPE} = 'IGNORE';

    my $s = $k->socket($opt{to});
    my $out = '';
    my $until = time + 20;

    print $s $bytes;
    $s->flush();

    while ((my $left = $until - time) > 0) {
        next if !IO::Select->new($s)->can_read($left);
        my $n = sysread $s, $out, 65536, length $out;
        return ($out, 1) if !$n;
        return ($out, 0) if $opt{size} ? length $out >= $opt{size}
                                       : !$opt{end} && $out =~ /\r\n\z/;
    }

    return ($out, 0);
}


# the protocol

my $c = $k->connect();

is($c->cmd('PING'), 'PONG', 'PING on the query socket');
is($k->connect('admin')->cmd('PING'), 'PONG', 'PING on the admin socket');

like($c->cmd('KEYS', 'fine', 'Amina Halabi'), qr/^NOEPOCH /,
    'without an epoch there are no keys');

$k->epoch(100);

sub keys_of {
    my $answer = shift;

    return ref $answer ? -1 : unpack 'x2 v', $answer;
}

# class and T of each key, without how unlikely it is

sub keys_in {
    my @in = unpack '(a x a64)*', substr shift, 108;

    return map { $in[2 * $_] . $in[2 * $_ + 1] } 0 .. @in / 2 - 1;
}

# in no order

sub set_of { return unpack 'H*', join '', sort(keys_in(shift)) }

my $fine = $c->cmd('KEYS', 'fine', 'Amina Halabi');
my $wide = $c->cmd('KEYS', 'wide', 'Amina Halabi');

is(unpack('C', $fine), 3, 'an answer of version 3');
is(unpack('x4 Q<', $fine), 100, 'of this epoch');
cmp_ok(keys_of($fine), '>', 0, 'with keys');
is(length $fine, 108 + 66 * keys_of($fine), 'of the right length');
cmp_ok(keys_of($wide), '>', keys_of($fine), 'more for a wide question');
is(min(unlikely($fine)), 0, 'what was typed is likeliest');
cmp_ok(max(unlikely($wide)), '>', 0, 'slips are less likely');
is($c->cmd('KEYS', 'fine', 'Amina Halabi'), $fine, 'the same again');
is(set_of($c->cmd('KEYS', 'fine', 'HALABI,  amina')), set_of($fine),
    'the same keys in another order and case');

# finer keys: for the ticket of the same question, which was counted; of a fine
# one also the pair in each script but that which was typed, of a wide one pairs
# of two parts that are both nearly right

sub ticket_of { return substr shift, 28, 16 }
sub unlikely { return unpack '(x C x64)*', substr shift, 108 }
sub classes { return join '', sort unpack '(a x65)*', substr shift, 108 }

unlike(classes($fine) . classes($wide), qr/[ST]/,
    'no finer keys among them');

my $all = "\xff" x 128;
my $counted = $k->status()->{budget}{used_today};

for my $ask (qw(fine wide)) {
    my @question = ($ask, 'Amina Halabi', 'birth_year', '1987');
    my $answer = $c->cmd('KEYS', @question);
    my $finer = $c->cmd('FINER', ticket_of($answer), $all, @question);

    $counted++;

    like(classes($finer), $ask eq 'fine' ? qr/^S{13}T+$/
        : qr/^P{0,256}T+$/,
        "finer keys, and no others: $ask");
    is(substr($finer, 4, 24), substr($answer, 4, 24), '... of the same epoch');
    is($c->cmd('FINER', ticket_of($answer), $all, @question), $finer,
        '... asked for again the same');

    # of each key alone: together the same, each once; of a wide question some
    # are of several keys, or of two that overflow together

    my @each = grep { /^T/ } map {
        my $which = '';
        vec($which, $_, 1) = 1;
        keys_in($c->cmd('FINER', ticket_of($answer), $which, @question))
    } 0 .. keys_of($answer) - 1;

    my @all = grep { /^T/ } keys_in($finer);

    if ($ask eq 'fine') {
        ok(join('', sort @each) eq join('', sort @all),
            '... each belongs to one of the keys');

    } else {
        my %all = map { $_ => 1 } @all;

        is(scalar(grep { !$all{$_} } @each), 0,
            '... of one key no others than of all');
    }

    is(keys_of($c->cmd('FINER', ticket_of($answer), "\0" x 128, @question)), 0,
        '... none of no key');

    for (
        [ 'of another name', $ask, 'Amina Haddad', 'birth_year', '1987' ],
        [ 'of another year', $ask, 'Amina Halabi', 'birth_year', '1988' ],
        [ 'without the year', $ask, 'Amina Halabi' ],
        [ 'with a fact more', @question, 'country', 'SY' ],
        [ 'in other letters', $ask, 'AMINA HALABI', 'birth_year', '1987' ],
        [ 'the other question', $ask eq 'fine' ? 'wide' : 'fine',
          @question[1 .. 3] ],
    ) {
        my ($what, @other) = @$_;

        like($c->cmd('FINER', ticket_of($answer), $all, @other), qr/^STALE /,
            "no finer keys for a ticket $what");
    }

    my $bits = 0;

    for my $bit (0 .. 127) {
        my $ticket = ticket_of($answer);
        vec($ticket, $bit, 1) ^= 1;
        $bits++ if ref $c->cmd('FINER', $ticket, $all, @question);
    }

    is($bits, 128, '... nor for one of another bit');
}

is($k->status()->{budget}{used_today}, $counted,
    'what the ticket was given for is counted, once');

for (
    [ 'no ticket', '', $all, 'fine', 'Amina Halabi' ],
    [ 'half a ticket', 'x' x 8, $all, 'fine', 'Amina Halabi' ],
    [ 'a ticket too long', 'x' x 17, $all, 'fine', 'Amina Halabi' ],
    [ 'nothing wanted', 'x' x 16, '', 'fine', 'Amina Halabi' ],
    [ 'more keys than there are', 'x' x 16, 'x' x 129, 'fine', 'Amina Halabi' ],
    [ 'no question', 'x' x 16, $all, 'Amina Halabi', 'fine' ],
    [ 'no name', 'x' x 16, $all, 'fine' ],
) {
    my ($what, @args) = @$_;

    like($c->cmd('FINER', @args), qr/^ERR /, "FINER with $what");
}

like($k->connect('admin')->cmd('FINER', 'x' x 16, $all, 'fine', 'A B'),
    qr/^ERR /, 'no FINER on the admin socket');

cmp_ok(keys_of($c->cmd('KEYS', 'fine', 'أمينة الحلبي')), '>', 0,
    'keys of an Arabic name');
cmp_ok(keys_of($c->cmd('KEYS', 'fine', 'Amina', 'birth_year', '1987')), '>',
    0, 'one part and a fact');

like($c->cmd('KEYS', 'fine', 'Wang'), qr/^REFINE /, 'one part alone');
like($c->cmd('KEYS', 'fine', '...'), qr/^BADNAME /, 'no part at all');

for (
    [ 'no name', 'KEYS', 'fine' ],
    [ 'an empty name', 'KEYS', 'fine', '' ],
    [ 'only spaces', 'KEYS', 'fine', "  \t" ],
    [ 'another question', 'KEYS', 'all', 'Amina Halabi' ],
    [ 'lower case', 'keys', 'fine', 'Amina Halabi' ],
    [ 'a fact without value', 'KEYS', 'fine', 'Amina Halabi', 'father' ],
    [ 'an unknown fact', 'KEYS', 'fine', 'Amina Halabi', 'phone', '1' ],
    [ 'name as a fact', 'KEYS', 'fine', 'Amina Halabi', 'name', 'Amina' ],
    [ 'a fact twice', 'KEYS', 'fine', 'Amina Halabi', 'father', 'Omar Sadik',
      'father', 'Omar Sadik' ],
    [ 'facts in another order', 'KEYS', 'fine', 'Amina Halabi', 'father',
      'Omar Sadik', 'country', 'SY' ],
    [ 'an empty fact', 'KEYS', 'fine', 'Amina Halabi', 'father', '' ],
    [ 'a short year', 'KEYS', 'fine', 'Amina Halabi', 'birth_year', '87' ],
    [ 'a year of letters', 'KEYS', 'fine', 'Amina Halabi', 'birth_year',
      '19x7' ],
    [ 'a country in lower case', 'KEYS', 'fine', 'Amina Halabi', 'country',
      'sy' ],
    [ 'a long country', 'KEYS', 'fine', 'Amina Halabi', 'country', 'SYR' ],
    [ 'invalid UTF-8', 'KEYS', 'fine', "Amina\xff Halabi" ],
    [ 'overlong UTF-8', 'KEYS', 'fine', "Amina\xc0\xaf Halabi" ],
    [ 'NUL', 'KEYS', 'fine', "Amina\0Halabi" ],
    [ '257 characters', 'KEYS', 'fine', 'ab ' x 85 . 'ab' ],
    [ 'a command of the desk', 'STATUS' ],
    [ 'a command of the desk', 'EPOCH.DROP', '100' ],
    [ 'arguments for PING', 'PING', 'x' ],
    [ 'an empty command', '' ],
    [ 'a command of Redis', 'CONFIG', 'GET', '*' ],
) {
    my ($what, @args) = @$_;

    utf8::encode($_) for grep { utf8::is_utf8($_) } @args;
    like($c->cmd(@args), qr/^ERR /, "refused: $what");
}

is($c->cmd('PING'), 'PONG', 'the connection lives on');
is(keys_of($k->connect()->cmd('KEYS', 'fine', 'ab ' x 84 . 'abcd')) >= -1, 1,
    '256 characters are no fault');

like($k->connect('admin')->cmd('KEYS', 'fine', 'Amina Halabi'), qr/^ERR /,
    'the admin socket answers no questions');


# pieces and batches

my $question = bulk('KEYS', 'fine', 'Amina Halabi');
my $answer = '$' . length($fine) . "\r\n$fine\r\n";

{
    my $s = $k->socket();
    my $out = '';

    for my $byte (split //, $question) {
        syswrite $s, $byte;
        sleep 0.001;
    }

    while (length $out < length $answer) {
        sysread $s, $out, 65536, length $out or last;
    }

    is($out, $answer, 'byte by byte');
}

{
    my $all = $answer x 2 . "+PONG\r\n" . $answer;
    my ($out) = raw($question x 2 . bulk('PING') . $question,
                    size => length $all);

    is($out, $all, 'a batch, in order');
}

# more than goes through the socket at once, read late

{
    my $s = $k->socket();
    my $n = 3000;
    my $out = '';

    if (!fork) {
        print $s $question x $n;
        $s->flush();
        POSIX::_exit(0);
    }

    sleep 1;

    while (length $out < $n * length $answer) {
        sysread $s, $out, 65536, length $out or last;
    }

    wait;

    ok($out eq $answer x $n, "$n questions at once, all answered in order");
}


# not RESP, or beyond the limits

my $long = 'x' x 2049;

for (
    [ 'HTTP', "GET / HTTP/1.1\r\nHost: x\r\n\r\n" ],
    [ 'an inline command', "PING\r\n" ],
    [ 'a bulk string alone', "\$4\r\nPING\r\n" ],
    [ 'a status', "+PONG\r\n" ],
    [ 'an integer', ":1\r\n" ],
    [ 'an empty array', "*0\r\n" ],
    [ 'a null array', "*-1\r\n" ],
    [ 'minus two', "*-2\r\n" ],
    [ '17 arguments', bulk(('x') x 17) ],
    [ 'a huge array', "*2147483647\r\n\$1\r\n" ],
    [ 'an array beyond 64 bits', "*99999999999999999999999\r\n" ],
    [ 'an array in the array', "*1\r\n*1\r\n\$4\r\nPING\r\n" ],
    [ 'an integer in it', "*1\r\n:1\r\n" ],
    [ 'a null in it', "*1\r\n\$-1\r\n" ],
    [ 'a status in it', "*1\r\n+PING\r\n" ],
    [ 'an argument of 2049 bytes', bulk('KEYS', 'fine', $long) ],
    [ 'a huge argument', "*1\r\n\$999999999\r\n" . 'x' x 30000 ],
    [ 'a length of letters', "*1\r\n\$x\r\nPING\r\n" ],
    [ 'no end of a line', '*' . '1' x 20000 ],
    [ 'more than 8 KB', bulk(('x' x 2048) x 5) ],
    [ 'zeros', "\0" x 100 ],
    [ 'TLS', "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" x 10 ],
) {
    my ($what, $bytes) = @$_;

    my ($out, $closed) = raw($bytes, end => 1);

    ok($closed && $out eq '', "closed without a word: $what");
}

{
    my ($out) = raw(bulk(('x' x 2048) x 4));

    like($out, qr/^-ERR /, 'exactly 8 KB are a request');

    ($out, my $closed) = raw($question . '*x' . "\r\n", end => 1);

    ok($closed && ($out eq $answer || $out eq ''),
        'garbage after a question ends the connection');

    srand 20261122;

    for (1 .. 200) {
        my $junk = join '', map { chr int rand 256 } 1 .. 1 + rand 300;
        my $bytes = $question;
        substr $bytes, rand length $bytes, 1 + rand 8, $junk if $_ % 2;
        substr $bytes, rand length $bytes, 1, chr int rand 256 if $_ % 2 == 0;

        my $s = $k->socket();
        local $SIG{PIPE} = 'IGNORE';
        syswrite $s, $bytes;
    }

    ok($k->alive() && $k->answers(), 'alive after random garbage');
    is($c->cmd('PING'), 'PONG', 'and so are other clients');
}


# many clients

{
    my @s = map { $k->connect() } 1 .. 1000;

    $_->send('KEYS', 'fine', 'Amina Halabi') for @s;
    my @same = grep { $_->reply() eq $fine } @s;

    is(scalar @same, 1000, '1000 clients at once');

    push @s, map { $k->connect() } 1 .. 40;

    my $many = eval { $s[-1]->reply() } // '';
    like($many, qr/^ERR too many clients/, 'beyond the limit: told so');
    is($s[0]->cmd('PING'), 'PONG', 'the first of them is served still');
}

ok($t->wait_for(sub { $k->answers() }, 20), 'room again when they are gone');


# deadlines

{
    my $start = time;
    my $half = $k->socket();
    my $drip = $k->socket();
    my $deaf = $k->socket();
    my $idle = $k->connect();

    $idle->cmd('PING');
    syswrite $half, substr $question, 0, 20;

    # asks and never reads: the answers must not pile up

    my $before = rss($k->pid());
    $deaf->blocking(0);
    my $batch = bulk('KEYS', 'wide', 'Amina Halabi') x 100;
    my $asked = 0;

    my (%closed, $at);

    while (time - $start < 30 && keys %closed < 3) {

        local $SIG{PIPE} = 'IGNORE';

        $asked += syswrite($deaf, $batch) // 0 if !$closed{deaf};
        syswrite $drip, substr $question, $at++, 1 if !$closed{drip};

        sleep 0.25;

        $closed{half} //= time - $start
            if IO::Select->new($half)->can_read(0);
        $closed{drip} //= time - $start
            if IO::Select->new($drip)->can_read(0);

        my $p = IO::Poll->new();
        $p->mask($deaf => IO::Poll::POLLHUP());
        $p->poll(0);
        $closed{deaf} //= time - $start
            if $p->events($deaf) & IO::Poll::POLLHUP();
    }

    for ([ half => 'half a request' ], [ drip => 'a request by drops' ],
         [ deaf => 'answers not fetched' ])
    {
        my ($which, $what) = @$_;
        my $s = $closed{$which} // 99;

        ok($s > 3 && $s < 20, sprintf '%s: cut, after %.1f s', $what, $s);
    }

    cmp_ok(rss($k->pid()) - $before, '<', 4096, 'memory stays, in KB');
    is($idle->cmd('PING'), 'PONG', 'an idle client is not cut');
}


# start and end

my ($rc, $out) = $t->command($k->{command}[0], '--version');
is($rc, 0, '--version');
like($out, qr/^rfl-keyd \d+\.\d+\.\d+\n\z/, 'says the version');

($rc, $out) = $t->command($k->{command}[0], '--help');
is($rc, 0, '--help');
like($out, qr/^Usage: .*--daily=/s, 'says the options');

for ([ 'no option' ], [ 'unknown', '--nothing' ],
     [ 'no value', '--query' ],
     [ 'an argument', '--query=/tmp/q', '--admin=/tmp/a', 'more' ],
     [ 'the same path', '--query=/tmp/q', '--admin=/tmp/q' ],
     [ 'a rate of 0', @{$k->{command}}[1 .. 2], '--rate=0' ],
     [ 'a rate of words', '--rate=many' ],
     [ 'a cap below 0', '--daily=-1' ],
     [ 'an unknown user', '--query=/tmp/q', '--admin=/tmp/a',
       '--uid=no-such-user' ],
     [ 'root', '--query=/tmp/q', '--admin=/tmp/a', '--uid=0' ],
     [ 'an unknown group', '--query-group=no-such-group' ])
{
    my ($what, @args) = @$_;

    ($rc, $out) = $t->command($k->{command}[0], @args);
    is($rc, 2, "usage: $what: status 2");
    like($out, qr/^rfl-keyd: .+\nTry /, "usage: $what: says why");
}

{
    ($rc, $out) = $t->command(@{$k->{command}});

    is($rc, 1, 'a second one on the same sockets does not start');
    like($out, qr/somebody listens/, 'and says why');
    is($k->connect()->cmd('PING'), 'PONG', 'the first goes on');
}

{
    my $dir = $k->{dir};

    rename $k->{log}, "$dir/old.log";
    kill 'HUP', $k->pid();

    # the folder is not the daemon's: it may write the file, not make it

    my $ok = $t->wait_for(sub {
        slurp("$dir/old.log") =~ /opened again|cannot open the log/
            || -s $k->{log};
    }, 20);

    ok($ok, 'HUP opens the log again, or says that it cannot');
    is($c->cmd('PING'), 'PONG', 'and clients stay');
}

{
    my $pid = $k->pid();

    kill 'TERM', $pid;
    waitpid $pid, 0;
    delete $k->{pid};

    is($?, 0, 'TERM: exit status 0');

    # whoever kills it leaves sockets behind

    $k->start();
    $k->kill();
    ok(-S $k->{query}, 'killed: the socket stays');
    $k->start();
    is($k->connect()->cmd('PING'), 'PONG', 'and is replaced');

    is((stat $k->{query})[2] & 0777, 0660, 'mode of the query socket');
    is((stat $k->{admin})[2] & 0777, 0600, 'mode of the admin socket');
    is((stat $k->{admin})[4], $>, 'the admin socket is the starter\'s');
    is(scalar @{$k->status()->{epochs}}, 0, 'no epoch survives a restart');

    $k->stop();
    unlink $k->{query};
    $t->write_file($k->{query}, 'precious');

    ($rc, $out) = $t->command(@{$k->{command}});
    is($rc, 1, 'a file in the place of a socket: no start');
    is(slurp($k->{query}), 'precious', 'and the file stays');
    unlink $k->{query};
}

{
    my $dir = "$k->{dir}/own";
    mkdir $dir;
    chown scalar(getpwnam 'nobody'), -1, $dir if $> == 0;

    my @args = ($k->{command}[0], "--query=$dir/q", "--admin=$dir/a",
        "--pid=$dir/pid", "--log=$dir/log", '--daemon',
        $> == 0 ? '--uid=nobody' : ());

    ($rc, $out) = $t->command(@args);
    is($rc, 0, '--daemon comes back');
    is($out, '', 'in silence');

    my ($pid) = slurp("$dir/pid") =~ /^(\d+)\n\z/;
    ok($pid && kill(0, $pid), 'and runs');

    my $s = IO::Socket::UNIX->new(Peer => "$dir/q");
    ok($s, 'it listens already');

    ($rc, $out) = $t->command(grep({ !/=\S+\/[qa]$/ } @args),
        "--query=$dir/q2", "--admin=$dir/a2");
    is($rc, 1, 'another one with its --pid does not start');
    ok(!-e "$dir/q2", 'and leaves no socket');

    rename "$dir/log", "$dir/log.1";
    kill 'HUP', $pid;
    ok($t->wait_for(sub { slurp("$dir/log") =~ /opened again/ }, 20),
        'HUP opens the log again');

    kill 'TERM', $pid;
    ok($t->wait_for(sub { !-e "/proc/$pid" }, 20), 'TERM ends it');
    ok(!-e "$dir/q" && !-e "$dir/a" && !-e "$dir/pid",
        'sockets and pid file are removed');
}

$t->done();
