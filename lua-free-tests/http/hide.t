#!/usr/bin/perl

# Copyright (C) The RFL authors

# A person hides their own entry with the code: gone from the next search on,
# on every worker, from pages and API, as if it had never been there; nobody
# without the code hides anything; and nothing that happens to the servers
# brings it back.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use JSON::PP ();
use POSIX qw(strftime);

use Test::RFL;
use Test::RFL::Redis;


my $t = Test::RFL->new();
my $json = JSON::PP->new->utf8->canonical;

# codes, and what is made of them; written from schema/layout.md

my $make = <<'EOP';
import base64, hashlib, json, os, sys

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"


def code():
    c = os.urandom(10)
    n = int.from_bytes(c, "big")
    text = "".join(DIGITS[n >> (75 - 5 * i) & 31] for i in range(16))
    hide = hashlib.blake2b(c, digest_size=32, person=b"rfl.v1.hidecode-")
    label = hashlib.blake2b(hide.digest(), digest_size=16,
                            person=b"rfl.v1.hidelabel")
    return {"code": c.hex(), "label": label.hexdigest(),
            "hide": base64.b64encode(hide.digest()).decode(),
            "text": "-".join(text[i:i + 4] for i in range(0, 16, 4))
                    + "-" + DIGITS[n % 37]}


print(json.dumps([code() for _ in range(int(sys.argv[1]))]))
EOP

sub codes {
    my (undef, $out) = $t->command('/usr/bin/python3', '-c', $make, shift);
    my $codes = $json->decode($out);

    for my $c (@$codes) {
        $c->{code} = pack 'H*', $c->{code};
        $c->{label} = 'h:' . pack 'H*', $c->{label};
    }

    return @$codes;
}

my @code = codes(13);

sub line {
    my ($i, $name) = @_;

    return { id => "h$i", names => [ { full => $name } ],
             $code[$i] && $i < 10 ? (hide => $code[$i]{hide}) : () };
}

my @name = ('Amalia Abendroth', 'Boris Bekele', 'Chiara Castellano',
    'Dmitri Dragomir', 'Esperanza Eriksson', 'Xochitl Ypsilanti',
    'Iolanthe Quarrington', 'Octavius Wolstenholme', 'Ibrahim Ivanenko',
    'Jolanda Jovanovic');
my $plain = 'Kwame Kabore';

# one with a code, and ten each of two names that his is a slip of

my $slip = 'Yusuf Shaqrif';

my @near = (
    { id => 'slip', names => [ { full => $slip } ], hide => $code[12]{hide} },
    map { { id => "left$_", names => [ { full => 'Yusuf Sharif' } ] },
          { id => "right$_", names => [ { full => 'Yusuf Shaqrig' } ] }
    } 1 .. 10,
);

$t->{worker_processes} = 4;

my $rfl = $t->rfl_up(lines => [ (map { line($_, $name[$_]) } 0 .. 7),
                                line(10, $plain), @near ],
    http => 'log_format worker "$pid";',
    conf => 'listen 127.0.0.1:8081 reuseport; '
        . "access_log $t->{testdir}/logs/worker.log worker;");

my ($index, $inbox) = @{$rfl}{qw(index inbox)};

sub password { $t->read_file("desk/secrets/$_[0]") }

sub as { $_[0]->connect(user => $_[1], pass => password($_[2])) }

# codes that wait for the desk: of today, and of a day that has ended meanwhile

sub handed_in {
    return map { @{$inbox->cmd('LRANGE', $_, 0, -1)} }
        @{$inbox->cmd('KEYS', 'in:hide:*')};
}


# what the form of a worker does with a code

sub give {
    my $c = shift;

    as($inbox, 'pub_inbox', 'pub-inbox')
        ->cmd('RPUSH', 'in:hide:' . strftime('%Y%m%d', gmtime), $c->{code});

    return as($index, 'pub_hide', 'pub-hide')
        ->cmd('SETNX', $c->{label}, $c->{code});
}


# 'shown', 'none' or the status: by the API and by the page, which must agree

sub shown {
    my ($name, %opt) = @_;

    my ($status, $answer) = api(name => $name, %opt);
    my $api = $status != 200 ? $status
                             : @{$answer->{results}} ? 'shown' : 'none';

    my $page = parse(search(name => $name, %opt));
    my $html = $page->{status} != 200 ? $page->{status}
        : $page->{body} =~ /class="hits"/ ? 'shown' : 'none';

    return $api eq $html ? $api : "API $api, page $html";
}


sub verify { $json->decode(($rfl->ctl('verify', '--json'))[1]) }


my ($rc, $out);

# before anything is hidden

is(shown($name[$_]), 'shown', "control: $name[$_] is found") for 0 .. 7;
is(shown($plain), 'shown', 'control: and one without a code');


# codes of nobody

give($_) for codes(20);
is(shown($name[0]), 'shown', 'codes of nobody hide nothing');
is(shown($plain), 'shown', 'nor one who has no code');
ok(verify()->{equal}, 'verify passes over the keys of codes');


# the right one, and what an answer looks like then

my ($nobody) = (api(name => 'Zenobia Zakaria'))[1];

is(give($code[0]), 1, 'the code of an entry');
is(shown($name[0]), 'none', 'gone with the next request');

my ($gone) = (api(name => $name[0]))[1];
is_deeply($gone, $nobody, 'answered as somebody who was never there');

my %seen = map { shown($name[0], port => 8081) => 1 } 1 .. 24;
is_deeply([ keys %seen ], [ 'none' ], 'on every worker');

my %workers = map { $_ => 1 } split /\n/, $t->read_file('logs/worker.log');
is(scalar keys %workers, 4, 'control: of four');

is(shown($name[1]), 'shown', 'others stay');
is(give($code[0]), 0, 'giving it again');
is(shown($name[0]), 'none', 'changes nothing');


# lists are read to the end of one of the best that is not hidden

sub found { scalar @{(api(name => shift))[1]{results}} }

is(found($slip), 1, 'control: the very name is enough');
give($code[12]);
is(found($slip), 10, 'without it as many as a page has');


# one question more for those who have a code, none for others

sub mgets {
    my $name = shift;

    my $calls = sub {
        ($index->cmd('INFO', 'commandstats') =~ /cmdstat_mget:calls=(\d+)/)[0] // 0;
    };

    my $before = $calls->();
    api(name => $name);

    return $calls->() - $before;
}

is(mgets($name[1]), mgets($plain) + 1, 'one MGET more, and for codes only');


# not to know is not to show

$index->cmd('ACL', 'SETUSER', 'pub_search', 'resetkeys', '%R~e:*');
is(shown($name[1]), 503, 'who cannot ask does not show');
is(shown($plain), 'shown', 'what cannot be hidden is shown');
$index->cmd('ACL', 'SETUSER', 'pub_search', 'resetkeys', '%R~e:*',
            '%R~h:*');
is(shown($name[1]), 'shown', 'control');


# a stranger who knows label and hash, and may write there what they like

my $stranger = as($index, 'pub_hide', 'pub-hide');
my $random = sub { join '', map { chr int rand 256 } 1 .. $_[0] };

for my $value ($random->(10), $random->(9), $random->(11), '', "\0" x 10,
    substr($code[1]{code}, 0, 9), "$code[1]{code}\0", $code[0]{code},
    $code[1]{hide}, $code[1]{text}, $code[1]{label}, $random->(900))
{
    $index->cmd('SET', $code[1]{label}, $value);
    is(shown($name[1]), 'shown',
        'a wrong value of ' . length($value) . ' bytes hides nothing');
}

$index->cmd('DEL', $code[1]{label});

my $set = 0;
$stranger->send('SETNX', 'h:' . $random->(16), $random->(10)) for 1 .. 5000;
$set += $stranger->reply() for 1 .. 5000;
is($set, 5000, 'control: five thousand keys of a stranger');
is_deeply([ map { shown($_) } @name[1 .. 7] ], [ ('shown') x 7 ],
    'hide nothing');

# the place of the code taken by something else, before the person comes

is($stranger->cmd('SETNX', $code[1]{label}, $random->(10)), 1, 'a squatter');
is(give($code[1]), 0, 'is in the way of the code');
is(shown($name[1]), 'shown', 'until the desk has read it');

($rc, $out) = $rfl->ctl('rotate', '--resume');
is($rc, 0, 'which happens between rotations') or diag($out);
like($out, qr/5001 keys of index Redis hide nothing/, 'a squatter is told of');
like($out, qr/pub_hide/, 'with whose password it was');
is(shown($name[1]), 'none', 'and cannot keep the entry there');
is($index->cmd('GET', $code[1]{label}), undef, 'the squatter is gone');
like($out, qr/3 entries are withdrawn/, 'both are withdrawn');

($rc, $out) = $rfl->ctl('show', $rfl->{refs}{h0});
is($rc, 1, 'out of the register');
ok(verify()->{equal}, 'and the index is what the register says');


# S-35: its old keys do not bring it back, in this epoch or the next

my $with = $index->dump();
give($code[2]);
is(shown($name[2]), 'none', 'S-35: hidden');

for (1 .. 2) {
    select undef, undef, undef, 1;
    is(shown($name[2]), 'none', "S-35: after $_ s");
}

my ($status) = grep { /hidden/ } split /\n/, ($rfl->ctl('status'))[1];
like($status, qr/^hidden     1 of them/, 'status says that one waits');
my ($list) = grep { /\(hidden\)/ } split /\n/, ($rfl->ctl('list'))[1];
like($list, qr/Chiara/, 'list says who');

$rfl->ctl_ok('rotate', '--resume');

$index->put(%$with);
is(shown($name[2]), 'none', 'S-35: withdrawn, its keys inserted again');
$rfl->ctl_ok('rotate');
$index->put(%$with);
is(shown($name[2]), 'none', 'S-35: and in the next epoch');
$rfl->ctl_ok('rotate');
ok(verify()->{equal}, 'S-35: which is whole');
is(scalar(grep { /^h:/ && length == 18 } keys %{$index->dump()}), 0,
    'codes that were applied are forgotten there');
cmp_ok(scalar(() = handed_in()), '>', 20, 'and kept in the inbox');


# the index is lost before the desk knew

give($code[3]);
is(shown($name[3]), 'none', 'hidden');
$index->kill()->start();
$inbox->stop();

($rc, $out) = $rfl->ctl('rotate');
isnt($rc, 0, 'a lost index is not built without the inbox');
like($out, qr/start inbox Redis, then run "rflctl rotate"/, 'with a remedy')
    or diag($out);
is(shown($name[4]), 503, 'meanwhile nothing is shown');
($rc) = $rfl->ctl('rotate', '--resume');
isnt($rc, 0, 'nor by the timer');

$inbox->start();
$rfl->ctl_ok('rotate', '--resume');
is(shown($name[4]), 'shown', 'it is built again');
is(shown($name[3]), 'none', 'without what was hidden');


# the inbox is lost, the index is not

give($code[4]);
$inbox->stop();
($rc, $out) = $rfl->ctl('rotate');
is($rc, 0, 'an ordinary rotation goes on without the inbox') or diag($out);
like($out, qr/inbox Redis/, 'and says what it could not read');
is(shown($name[4]), 'none', 'what was hidden stays hidden');
is(($rfl->ctl('show', $rfl->{refs}{h4}))[0], 1, 'and is withdrawn');

# nobody is published who may have hidden themselves

my $day = 86400;
($rc, $out) = eval { $rfl->publish([ line(8, $name[8]) ]); (0, '') };
like($@, qr/start inbox Redis first/, 'no publishing of codes without it');
$inbox->start();
is(shown($name[8]), 'none', 'and nothing was');


# publishing it again

$out = eval { $rfl->publish([ line(8, $name[8]) ]) };
is(shown($name[8]), 'shown', 'control: published when the inbox is back');

give($code[9]);
eval { $rfl->publish([ line(9, $name[9]), line(4, $name[4]) ]) };
is(shown($name[9]), 'none', 'a code that came before the entry keeps it out');
is(shown($name[4]), 'none', 'what was hidden is not published again');
ok(verify()->{equal}, 'and nothing is half there');

give($code[8]);
my $again = ($rfl->ctl('show', $rfl->{refs}{h8}))[1];
my $later = $json->decode($again);
$later->{not_after} = strftime('%Y-%m-%dT00:00:00Z', gmtime time + 70 * $day);
$later->{consent}{date} = strftime('%Y-%m-%d', gmtime);
delete $later->{approvals};
$t->write_file('again.0', $json->encode($later) . "\n");
$rfl->ctl_ok('sign', '--key', $rfl->key($_), '--output',
    "$t->{testdir}/again.$_", "$t->{testdir}/again." . ($_ - 1)) for 1, 2;
($rc, $out) = $rfl->ctl('renew', $rfl->{refs}{h8},
                        "$t->{testdir}/again.2");
isnt($rc, 0, 'nor renewed');
like($out, qr/has hidden this entry/, 'and it is said why') or diag($out);


# a large publication rebuilds the index

give($code[5]);
$rfl->publish([ map { my $e = Test::RFL::Stack::entry($_ + 3000); $e->{id} = "x$_"; $e }
                0 .. 2100 ]);
is(shown($name[5]), 'none', 'hidden while the index is rebuilt');
is(($rfl->ctl('show', $rfl->{refs}{h5}))[0], 1, 'and withdrawn by it');
ok(verify()->{equal}, 'which is whole');
is(shown($name[6]), 'shown', 'others stay');


# by the form, as people do it

sub press {
    my ($from, %fields) = @_;

    $fields{state} = $from->{state} if $from && defined $from->{state};

    my $p = parse(http_post('/en/withdraw', \%fields));
    ($p->{state}) = $p->{body} =~ /name="state" value="([^"]*)"/;
    ($p->{title}) = $p->{body} =~ m{<title>(.*?)</title>}s;

    return $p;
}

sub stored {
    return join ' ', scalar(() = handed_in()),
        scalar grep { /^h:/ && length == 18 } keys %{$index->dump()};
}

my $first = press(undef);
my $before = stored();

(my $typo = $code[6]{text}) =~ s/^(.)/$1 eq '7' ? '8' : '7'/e;
my $p = press($first, wish => 'hide', code => $typo);
like($p->{title}, qr/^Error/, 'a mistyped code is asked for again');
like($p->{body}, qr/\Q$typo\E/, 'with what was typed');
is(stored(), $before, 'and nothing is stored');

# who has the code need not press twice

sub hide_by_form { press(press(undef), wish => 'hide', code => $_[0]) }

my $wrong = hide_by_form($code[11]{text});
isnt(stored(), $before, 'control: a code was stored');

# as somebody copies it by hand

my $right = hide_by_form(lc($code[6]{text}) =~ tr/-/ /r =~ tr/01/oi/r);
is($right->{status}, 200, 'the right code');
like($right->{title}, qr/^Your code has arrived/, '... is answered by its page');
is(shown($name[6]), 'none', 'and the entry is gone');
is($right->{body} =~ s/ value="[^"]*"//gr, $wrong->{body} =~ s/ value="[^"]*"//gr,
    'a wrong code gets the very same page');

$inbox->stop();
$p = hide_by_form($code[7]{text});
is($p->{status}, 503, 'without the inbox it is said that it may not last');
like($p->{body}, qr/\+00 12 345 67 89/, 'and whom to call');
is(shown($name[7]), 'none', 'though it is hidden for now');

$inbox->start();
$t->wait_for(sub { hide_by_form($code[7]{text})->{status} == 200 }, 20);
is(as_desk($code[7]), 1, 'trying again tells the desk');

sub as_desk {
    my $c = shift;

    return scalar grep { $_ eq $c->{code} } handed_in();
}

# tried until the desk has it: each worker finds the inbox again by itself

sub hide_in_vain {
    my ($c, $status) = @_;

    $t->wait_for(sub {
        $status = hide_by_form($c->{text})->{status};
        return as_desk($c);
    }, 20);

    return $status;
}

my $squat = (codes(1))[0];
$rfl->publish([ { id => 'h20', names => [ { full => 'Iphigenia Brzezinski' } ],
                  hide => $squat->{hide} } ]);
as($index, 'pub_hide', 'pub-hide')
    ->cmd('SETNX', $squat->{label}, 'x' x 10);
is(hide_in_vain($squat), 503,
    'in the way of a squatter nobody is told that it worked');
$rfl->ctl_ok('rotate', '--resume');
is(shown('Iphigenia Brzezinski'), 'none', 'but it does, with the next look of the desk');

# what is too long to be a code hides nothing, and is in nobody's way

my $fat = (codes(1))[0];
$rfl->publish([ { id => 'h21', names => [ { full => 'Melchior Zuckerbrot' } ],
                  hide => $fat->{hide} } ]);
as($index, 'pub_hide', 'pub-hide')
    ->cmd('SETNX', $fat->{label}, 'x' x 1_000_000);
is(shown('Melchior Zuckerbrot'), 'shown',
    'a squatter of a million bytes changes nothing');
is(hide_in_vain($fat), 503, 'nor is the person told that it worked');
$rfl->ctl_ok('rotate', '--resume');
is(shown('Melchior Zuckerbrot'), 'none', 'and the desk has it all the same');


# what could not be handed in at all is not counted against anybody

my $room = 20;

$rfl->{opt}{http} .= " rfl_inbox_quota $room; rfl_timeout 8s; rfl_deadline 15s;";
$rfl->conf();
$t->reload();

$_->stop() for $index, $inbox;
my %answers = map { hide_by_form($code[11]{text})->{status} => 1 } 0 .. $room;
is_deeply([ keys %answers ], [ 503 ],
    'without both Redis nothing is hidden, however often it is tried');

$_->start() for $index, $inbox;
ok($t->wait_for(sub { hide_by_form($code[11]{text})->{status} == 200 }, 20),
    '... and it is when they are back');
$rfl->ctl_ok('rotate');


# lists are forgotten when no entry can go with them any more

$inbox->cmd('RPUSH', 'in:hide:20200101', $code[10]{code});
$inbox->cmd('RPUSH', 'in:northland:20200101', 'a box');
$rfl->ctl_ok('rotate');
is($inbox->cmd('EXISTS', 'in:hide:20200101'), 0, 'old codes are forgotten');
is($inbox->cmd('EXISTS', 'in:northland:20200101'), 1, 'nothing else is');
isnt(scalar(() = handed_in()), 0, 'nor young ones');

$t->done();
