#!/usr/bin/perl

# Copyright (C) The RFL authors

# The core of the moderators' desk, with real servers and without a browser:
# items, two approvals, publishing and withdrawing by the code of rflctl,
# likely matches, hand-over and receipts, the journal and what breaks it.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Digest::SHA ();
use JSON::PP ();

use Test::RFL;
use Test::RFL::Drive;


my $json = JSON::PP->new->utf8->canonical;

my $t = Test::RFL->new();
my $rfl = $t->desk_up();
my $dir = "$rfl->{dir}";

$rfl->ctl_ok('rotate');

my $drive = Test::RFL::Drive->up($rfl);

sub ask { $drive->ask(@_) }

my ($A, $B, $C, $D, $E) = map { sprintf '%032x', $_ * 0x1234567 } 1 .. 5;


# from a submission to an entry

is(ask(qw(desk add), $A, 'alive', 1988, 'Amina Hassan Warsame'), 'ok',
   'a submission becomes an item');
is(ask(qw(desk add), $A, 'alive', 1988, 'Amina Hassan Warsame'), 'again',
   'the same one is there once');
like(ask('amina', 'queue', 'new'), qr/^1 of 1: $A$/, 'it is in the queue');

like(ask('carla', 'act', $A, 'approve'), qr/^refused role/,
     'an auditor cannot approve');
like(ask('amina', 'act', $A, 'approve'), qr/^done .*second version=2/,
     'the first approval');
like(ask('amina', 'act', $A, 'approve'), qr/^refused same/,
     'the same person cannot give the second');
like(ask('boris', 'act', $A, 'approve', 0, 1), qr/^refused version/,
     'nor a form of an older version');
like(ask('boris', 'act', $A, 'edit'), qr/^done .*new .*approvals=0/,
     'an edit voids the approval');
like(ask('amina', 'act', $A, 'approve'), qr/^refused claim/,
     'who edits has it');
like(ask('boris', 'act', $A, 'release'), qr/^done/, 'and gives it back');
like(ask('boris', 'act', $A, 'approve'), qr/^done .*second/, 'approved anew');

my $said = ask('amina', 'act', $A, 'approve');
like($said, qr/^done .*published version=\d+ live=1 .*approvals=2/,
     'the second approval publishes');

my ($ref) = $said =~ /ref=(\S+)/;

like(($rfl->ctl('show', $ref))[1], qr/Somebody Else Entirely/,
     'the register has it, as it was edited');
is(($rfl->ctl('verify'))[0], 0, 'and the index is equal to the register');


# a report leads to a withdrawal

is(ask('desk', 'about', $B, 'report', $ref), 'ok', 'a report comes in');
like(ask('boris', 'queue', 'reports'), qr/^1 of 1: $B/, 'in its queue');
like(ask('boris', 'act', $B, 'withdraw', 4), qr/^done checked=1 closed/,
     'one person withdraws, and nothing of it is found in the index');
like(ask('boris', 'show', $A), qr/^withdrawn .*live=0/, 'the item says so');
isnt(($rfl->ctl('show', $ref))[0], 0, 'the register has it no more');
is(($rfl->ctl('verify'))[0], 0, 'the index is equal to the register');


# the index away: decided, and done later

ask(qw(desk add), $C, 'alive', 1990, 'Kofi Mensah Boateng');
ask('amina', 'act', $C, 'approve');

$rfl->{index}->stop();
like(ask('boris', 'act', $C, 'approve'), qr/^refused away/,
     'without the index the decision waits');
like(ask('boris', 'show', $C), qr/^publishing/, 'it stands');
like(ask('boris', 'desk', 'resume'), qr/^failed/, 'and goes on waiting');

$drive->restart();
$rfl->{index}->start();
$rfl->ctl_ok('rotate') if ($rfl->ctl('verify'))[0] != 0;

like(ask('boris', 'desk', 'resume'), qr/^1 /, 'until the index is back');
like(ask('boris', 'show', $C), qr/^published .*live=1/, 'then it is there');
is(($rfl->ctl('verify'))[0], 0, 'the index is equal to the register');


# looking meets alive, in other letters

ask(qw(desk add), $D, 'looking', 1990, 'Кофі Менсах Боатенг');

like(ask('amina', 'match', $D), qr/^same=0 match=1 match:Kofi Mensah Boateng/,
     'somebody looked for meets somebody alive');
like(ask('amina', 'match', $C), qr/^same=0 match=1/, 'and the other way');


# hand-over, receipt, purge

like(ask('amina', 'act', $D, 'hand'), qr/^done .*handed .*handed=1/,
     'handed over');

my @files = map { "$dir/spool/out/$D.$_" } qw(ndjson xml sig);
ok(-s $_, "$_ is there") for @files;

my $line = $json->decode($t->read_file($files[0]));
is($line->{submission}{form}, 'looking', 'the line has the submission');

$t->write_file("$dir/spool/out/$D.receipt", "0" x 64 . "\n");
like(ask('desk', 'desk', 'receipts'), qr/^0 wrong=1/,
     'a receipt of something else purges nothing');

my $hash = qx{/usr/bin/python3 -c 'import hashlib, sys
print(hashlib.blake2b(open(sys.argv[1], "rb").read(),
                      digest_size=32).hexdigest())' $files[2]};
$t->write_file("$dir/spool/out/$D.receipt", $hash);
like(ask('desk', 'desk', 'receipts'), qr/^1 wrong=0/, 'the right one does');
is(ask('amina', 'show', $D), 'none', 'the item is gone');
ok(!-e $_, "$_ is gone") for @files, "$dir/spool/out/$D.receipt";


# drafts of the case system are drafts

$t->write_file("$dir/spool/in/a.ndjson",
    $json->encode($rfl->complete({ id => 'case-1', names => ['Yusuf Ali Omar'],
                                   birth_year => 1970 })) . "\n");
$t->write_file("$dir/spool/in/b.ndjson", "{\"id\": \"case-2\"}\n");
like(ask('boris', 'desk', 'import'), qr/^1 .*faults=yes/,
     'one is read, one has faults');
ok(-e "$dir/spool/in/a.ndjson.done" && -e "$dir/spool/in/b.ndjson",
   'the faulty file stays');
like(ask('boris', 'queue', 'new'), qr/^1 of 1/,
     'it waits for two people like any other');


# nothing of it can be read

my $aof = join '', map { Test::RFL::slurp($_) }
    glob("$dir/redis/desk/appendonlydir/*");
unlike($aof, qr/CANARY|Kofi|Boateng|Yusuf/, 'the disk holds no word of it');
unlike($t->read_file("$dir/journal.ndjson"), qr/CANARY|Kofi|Boateng|Yusuf/,
       'nor does the journal');


# the journal

like(ask('carla', 'journal'), qr/^rc=0 lines=\d+ faults=0 cut=0 torn=0/,
     'the journal is whole');

my ($rc, $text) = $rfl->ctl('journal', 'verify');
is($rc, 0, 'rflctl finds the same') or diag($text);
($rc, $text) = $rfl->ctl('journal', 'show');
like($text, qr/ boris +approve .* second > publishing/,
     'and shows who did what');

my $good = $t->read_file("$dir/journal.ndjson");
my @lines = split /^/m, $good;

my %bad = (
    'a line changed' => sub { $_[0][2] =~ s/"who":"\w/"who":"x/ },
    'a line taken out' => sub { splice @{$_[0]}, 2, 1 },
    'a line put in' => sub { splice @{$_[0]}, 2, 0, $_[0][1] },
    'two lines exchanged' => sub { @{$_[0]}[1, 2] = @{$_[0]}[2, 1] },
    'the end cut off' => sub { pop @{$_[0]} },
    'all but the first cut off' => sub { splice @{$_[0]}, 1 },
    'the file emptied' => sub { @{$_[0]} = () },
);

for my $what (sort keys %bad) {
    my @copy = @lines;
    $bad{$what}->(\@copy);
    $t->write_file("$dir/journal.ndjson", join '', @copy);
    like(ask('carla', 'journal'), qr/rc=-5 .*faults=[1-9]/, "found: $what");
}

$t->write_file("$dir/journal.ndjson", join('', @lines[0 .. $#lines - 1]));
like(ask('boris', 'act', $C, 'claim'), qr/^failed .*restore/,
     'a journal that lost lines is not written on');

$t->write_file("$dir/journal.ndjson", $good . '{"n":99,"at":"2026');
like(ask('boris', 'act', $C, 'claim'), qr/^done/,
     'what a crash left of a line is in nobody\'s way');
like(ask('carla', 'journal'), qr/^rc=0 .*torn=0/, 'and is gone');


# a journal that is lost

isnt(($rfl->ctl('journal', 'restart', '--why', 'no reason'))[0], 0,
     'a journal that is whole is not begun anew');
is(($rfl->ctl('journal', 'restart'))[0], 2, 'nor without a reason');

my $n = () = $t->read_file("$dir/journal.ndjson") =~ /\n/g;
unlink "$dir/journal.ndjson";

isnt(($rfl->ctl('journal', 'verify'))[0], 0, 'a lost journal is found');
like(ask('boris', 'act', $C, 'release'), qr/^failed .*restore/,
     'and nobody acts');
($rc, $text) = $rfl->ctl('journal', 'restart', '--why', 'the disk failed');
is($rc, 0, 'it is begun anew') or diag($text);
like(ask('boris', 'act', $C, 'release'), qr/^done/, 'and goes on');
like(ask('carla', 'journal'), qr/^rc=0 lines=2 faults=0 cut=0/,
     'from where it was');
($rc, $text) = $rfl->ctl('journal', 'verify');
is($rc, 0, 'it is whole');
like($text, qr/the first $n lines are not here/, 'and the gap stays visible');
like(($rfl->ctl('journal', 'show'))[1], qr/rflctl +restart .*the disk failed/,
     'with the reason');

my $anew = $t->read_file("$dir/journal.ndjson");
$t->write_file("$dir/journal.ndjson", $anew =~ s/^.*\n//r);
like(ask('carla', 'journal'), qr/^.*rc=-5/, 'the new beginning cannot be cut');
$t->write_file("$dir/journal.ndjson", $good . $anew);
like(ask('carla', 'journal'), qr/^.*faults=[1-9]/,
     'nor be put behind another number of lines');
$t->write_file("$dir/journal.ndjson", "nonsense\n");
is(($rfl->ctl('journal', 'restart', '--why', 'spoilt'))[0], 0,
   'a spoilt one is set aside');
is(scalar(() = glob("$dir/journal.ndjson.*")), 1, 'and kept');
like(ask('carla', 'journal'), qr/^rc=0 lines=1 faults=0/, 'once more');


# hidden by the code

my $code = pack 'H20', $C;

like(ask('desk', 'desk', 'hidden'), qr/^0/, 'no code was used');

$drive->stop();
is($? >> 8, 0, 'the desk ends well');

$t->done();
