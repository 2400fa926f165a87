#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-20 to S-24: what each user of the three Redis instances may do, as they
# are shipped: every command that Redis knows, with arguments of the right
# number, so that the answer is about permission and not about arity.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use IO::Socket::UNIX;

use Test::RFL;
use Test::RFL::Redis;


my $t = Test::RFL->new();
my $rfl = $t->desk_up();

my $inbox = $rfl->{inbox};

sub password { $t->read_file("desk/secrets/$_[0]") }

sub client {
    my ($redis, $user, $file) = @_;

    return $redis->connect(user => $user, pass => password($file));
}


# arguments that a command accepts, by its arity; a few need more than that

my $key = 'in:a';      # one that the user may use, if any

sub more {
    my ($a, $b) = ($key, "$key.b");

    return (
        'XADD' => [ $a, '*', 'f', 'v' ],
        'XREAD' => [ 'STREAMS', $a, 0 ],
        'XREADGROUP' => [ 'GROUP', 'g', 'c', 'STREAMS', $a, '>' ],
        'EVAL' => [ 'return 1', 0 ],
        'EVAL_RO' => [ 'return 1', 0 ],
        'EVALSHA' => [ '0' x 40, 0 ],
        'FCALL' => [ 'f', 0 ],
        'FCALL_RO' => [ 'f', 0 ],
        'SORT' => [ $a, 'STORE', $b ],
        'BITOP' => [ 'AND', $a, $b ],
        'MIGRATE' => [ 'h', 1, $a, 0, 1 ],
        'SUBSCRIBE' => [ 'c' ],
        'PSUBSCRIBE' => [ '*' ],
        'SSUBSCRIBE' => [ 'c' ],
        'SPUBLISH' => [ 'c', 'x' ],
        'ZUNIONSTORE' => [ $a, 1, $b ],
        'ZINTERSTORE' => [ $a, 1, $b ],
        'ZDIFFSTORE' => [ $a, 1, $b ],
        'ZUNION' => [ 1, $b ], 'ZINTER' => [ 1, $b ],
        'ZDIFF' => [ 1, $b ], 'ZINTERCARD' => [ 1, $b ],
        'SINTERCARD' => [ 1, $b ], 'LMPOP' => [ 1, $b, 'LEFT' ],
        'BLMPOP' => [ 0, 1, $b, 'LEFT' ], 'ZMPOP' => [ 1, $b, 'MIN' ],
        'BZMPOP' => [ 0, 1, $b, 'MIN' ],
        'OBJECT' => [ 'ENCODING', $a ], 'MEMORY' => [ 'USAGE', $a ],
        'XGROUP' => [ 'CREATE', $a, 'g', '0' ],
        'XINFO' => [ 'STREAM', $a ],
    );
}

# The instance of the test, asked by its all-powerful user.

my %arity = map { $_->[0] => $_->[1] } @{$rfl->{index}->cmd('COMMAND')};

sub arguments {
    my $name = shift;

    my %more = more();

    return @{$more{uc $name}} if $more{uc $name};

    my $n = abs($arity{$name}) - 1;

    return ($key) x $n;
}

# By the access list; EXEC has words of its own for it.  DEBUG and MODULE are
# refused to everybody, before that.

my $refused = qr/^(?:NOPERM|EXECABORT.*NOPERM|ERR (?:DEBUG|MODULE) command not)/;

# every command and subcommand that is not refused

sub allowed {
    my ($redis, $user, $file) = @_;

    my @allowed;

    $key = $_[3] || 'in:a';

    for my $name (sort keys %arity) {

        # these leave or change the connection: each has one of its own

        my $c = client($redis, $user, $file);
        my @sub = map { (split /\|/, $_->[0])[1] }
            @{ ($redis->cmd('COMMAND', 'INFO', $name)->[0] || [])->[9] || [] };

        for my $command (@sub ? map { [ $name, $_ ] } @sub : [ $name ]) {
            my @args = @$command > 1 ? ($key) x 4 : arguments($name);
            my $reply = eval {
                local $SIG{ALRM} = sub { die "silent\n" };
                alarm 3;
                my $r = $c->cmd(@$command, @args);
                alarm 0;
                $r;
            };

            alarm 0;
            my $text = !defined $reply ? ($@ || 'nil') : "$reply";

            next if $text =~ $refused;

            # subcommands may be asked for with a wrong number of arguments

            if (@$command > 1 && $text =~ /wrong number|unknown subcommand/i) {
                $reply = $redis->cmd('ACL', 'DRYRUN', $user, @$command,
                                     $key);
                next if "$reply" =~ /no permissions/;

                for my $n (0, 2 .. 5) {
                    last if "$reply" =~ /no permissions|^OK/;
                    $reply = $redis->cmd('ACL', 'DRYRUN', $user, @$command,
                                         ($key) x $n);
                }
                next if "$reply" =~ /no permissions/;
            }

            push @allowed, join '|', @$command;
            $c = client($redis, $user, $file);
        }
    }

    return join ' ', sort map { lc } @allowed;
}


cmp_ok(scalar keys %arity, '>', 200, 'control: all commands are tried');

is(allowed($rfl->{index}, 'pub_search', 'pub-search'),
    'auth hello quit reset', 'S-20: the web server may do nothing elsewhere');
is(allowed($rfl->{index}, 'pub_search', 'pub-search', 'e:1'),
    'auth hello hmget mget quit reset', 'S-20: and of the index HMGET');
is(allowed($rfl->{index}, 'pub_search', 'pub-search', 'h:a'),
    'auth hello hmget mget quit reset', 'S-20: of codes MGET');
is(allowed($inbox, 'pub_inbox', 'pub-inbox'),
    'auth hello quit reset rpush', 'S-21: and RPUSH, no more');
is(allowed($rfl->{index}, 'pub_hide', 'pub-hide', 'h:a'),
    'auth hello quit reset setnx', 'S-20: and SETNX of h:, no more');


# S-20, S-21: what it may do it may do only there

my $search = client($rfl->{index}, 'pub_search', 'pub-search');
is(ref $search->cmd('MGET', 'h:a', 'h:b'), 'ARRAY', 'control: MGET works');
is(ref $search->cmd('HMGET', 'e:1', 'b'), 'ARRAY', 'control: HMGET works');

my $box = client($inbox, 'pub_inbox', 'pub-inbox');
is($box->cmd('RPUSH', 'in:northland:1', 'sealed'), 1, 'control: RPUSH works');

for (['RPUSH', 'out:northland', 'x'], ['RPUSH', 'register', 'x'],
     ['LRANGE', 'in:northland:1', 0, -1], ['LTRIM', 'in:northland:1', 1, 0],
     ['LPOP', 'in:northland:1'], ['DEL', 'in:northland:1'],
     ['EXPIRE', 'in:northland:1', 0], ['RENAME', 'in:northland:1', 'in:x'],
     ['COPY', 'in:northland:1', 'in:x'], ['SET', 'in:northland:1', 'x'],
     ['SORT', 'in:northland:1', 'STORE', 'in:x'],
     ['XADD', 'in:s', 'MAXLEN', 0, '*', 'f', 'v'])
{
    like($box->cmd(@$_), qr/^NOPERM/, "S-21: not @$_");
}

is($inbox->cmd('LLEN', 'in:northland:1'), 1, 'control: the box is still there');


# S-20: who hides may set what is not there, and nothing else

$rfl->{index}->cmd('DEL', 'h:a');

my $hide = client($rfl->{index}, 'pub_hide', 'pub-hide');
is($hide->cmd('SETNX', 'h:a', 'x'), 1, 'control: SETNX works');
is($hide->cmd('SETNX', 'h:a', 'y'), 0, 'S-20: once');

for (['SETNX', 'k', 'x'], ['SETNX', 'H:a', 'x'], ['SET', 'h:a', 'y'],
     ['SET', 'h:a', 'y', 'XX'], ['GET', 'h:a'], ['MGET', 'h:a'],
     ['GETSET', 'h:a', 'y'], ['GETDEL', 'h:a'], ['DEL', 'h:a'],
     ['UNLINK', 'h:a'], ['EXPIRE', 'h:a', 1], ['APPEND', 'h:a', 'y'],
     ['SETRANGE', 'h:a', 0, 'y'], ['MSETNX', 'h:b', 'x'],
     ['RENAME', 'h:a', 'h:b'], ['COPY', 'h:a', 'h:b'], ['EXISTS', 'h:a'])
{
    like($hide->cmd(@$_), qr/^NOPERM/, "S-20: not @$_");
}

is($rfl->{index}->cmd('GET', 'h:a'), 'x', 'control: the value is still there');


# S-22: the usual ways to look around, as all three

for my $c ($search, $box, $hide) {
    for (['KEYS', '*'], ['SCAN', 0], ['DBSIZE'], ['RANDOMKEY'], ['INFO'],
         ['MONITOR'], ['SLOWLOG', 'GET'], ['CLIENT', 'LIST'],
         ['CLIENT', 'TRACKING', 'ON', 'BCAST'], ['ACL', 'LIST'],
         ['ACL', 'WHOAMI'], ['CONFIG', 'GET', '*'], ['EVAL', 'return 1', 0],
         ['FUNCTION', 'LIST'], ['RESTORE', 'in:a', 0, 'x'],
         ['DEBUG', 'OBJECT', 'in:a'], ['MODULE', 'LIST'],
         ['SUBSCRIBE', 'c'], ['PSUBSCRIBE', '*'], ['XRANGE', 'in:a', '-', '+'],
         ['XREAD', 'STREAMS', 'in:a', 0], ['SAVE'], ['BGSAVE'],
         ['SHUTDOWN', 'NOSAVE'], ['REPLICAOF', 'NO', 'ONE'], ['SYNC'],
         ['SWAPDB', 0, 1], ['SELECT', 1], ['FLUSHALL'], ['LATENCY', 'RESET'],
         ['MEMORY', 'DOCTOR'], ['OBJECT', 'FREQ', 'in:a'], ['WAIT', 0, 0],
         ['CLUSTER', 'INFO'], ['PING'], ['COMMAND'])
    {
        my $reply = $c->cmd(@$_);
        like("$reply", $refused, "S-22: not @$_");
    }
}


# S-23: nobody without a password, and no TCP

for my $name (qw(index desk inbox)) {
    my $redis = $name eq 'inbox' ? $inbox : $rfl->{$name};
    my $c = $redis->connect(user => undef);

    like($c->cmd(@$_), qr/^NOAUTH/, "S-23: $name: nothing without a password")
        for ['GET', 'k'], ['MGET', 'k'], ['INFO'], ['PING'];
    like($c->cmd('AUTH', ''), qr/^WRONGPASS/, "S-23: $name: no empty one");
    like($c->cmd('AUTH', 'default', ''), qr/^WRONGPASS/,
        "S-23: $name: not as default");

    my $pid = $redis->pid();
    my %inodes = map { /socket:\[(\d+)\]/ ? ($1 => 1) : () }
        map { readlink $_ // '' } glob "/proc/$pid/fd/*";
    my @tcp = grep { my @f = split; $f[9] && $inodes{$f[9]} }
        map { split /\n/, Test::RFL::slurp($_) } '/proc/net/tcp',
                                                 '/proc/net/tcp6';

    cmp_ok(scalar keys %inodes, '>', 0, "control: $name has sockets");
    is(scalar @tcp, 0, "S-23: $name: none of TCP");

    is($redis->cmd('CONFIG', 'GET', 'slowlog-log-slower-than')->[1], '-1',
        "$name: no slow log");
    is($redis->cmd('CONFIG', 'GET', 'maxmemory-policy')->[1], 'noeviction',
        "$name: nothing is evicted");
    is($redis->cmd('CONFIG', 'GET', 'save')->[1], '', "$name: no snapshots");
}

is($rfl->{index}->cmd('CONFIG', 'GET', 'appendonly')->[1], 'no',
    'the index is never written to a disk');


# S-24: the access lists, word for word

my %golden = (
    index => [
        'user default off resetpass resetkeys resetchannels -@all',
        'user pub_search on #H resetkeys %R~e:* %R~h:* resetchannels -@all '
        . '+hmget +mget',
        'user pub_hide on #H resetkeys %W~h:* resetchannels -@all +setnx',
        'user desk on #H resetkeys ~* resetchannels -@all +hget +hmget +hset '
        . '+hdel +hlen +mget +unlink +scan +multi +exec +discard +watch '
        . '+unwatch +ping',
    ],
    desk => [
        'user default off resetpass resetkeys ~* resetchannels -@all +set '
        . '+del +unlink +hset +hdel +multi +exec',
        'user desk on #H resetkeys ~* resetchannels -@all +get +set +del '
        . '+unlink +exists +hget +hset +hdel +hmget +hlen +hkeys +hexists '
        . '+multi +exec +discard +watch +unwatch +ping +bgrewriteaof',
    ],
    inbox => [
        'user default off resetpass resetkeys ~in:* ~take:* resetchannels '
        . '-@all +rpush +rename +renamenx +del +unlink +multi +exec',
        'user pub_inbox on #H resetkeys %W~in:* resetchannels -@all +rpush',
        'user desk_inbox on #H resetkeys ~in:* ~take:* resetchannels -@all '
        . '+lrange +llen +rename +renamenx +del +unlink +exists +scan '
        . '+dbsize +multi +exec +discard +watch +unwatch +ping '
        . '+bgrewriteaof',
    ],
);

for my $name (sort keys %golden) {
    my @lines = grep { !/^user tester/ } split /\n/,
        $t->read_file("desk/redis/$name.acl");

    s/#[0-9a-f]{64}/#H/ for @lines;
    is_deeply(\@lines, $golden{$name}, "S-24: $name.acl");
}

$t->done();
