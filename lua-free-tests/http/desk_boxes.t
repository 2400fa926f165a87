#!/usr/bin/perl

# Copyright (C) The RFL authors

# From the public form to the moderators' desk and back: what a visitor sends
# becomes one item however often it arrives (S-38); whoever uses the code is
# on top of the queues, cannot be published, and is withdrawn without anybody's
# press; PFIF of the case system is for the desk only; and what is over is
# forgotten.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Test::RFL;
use Test::RFL::Drive;
use Test::RFL::Forms;
use Test::RFL::Preload;


my $t = Test::RFL->new()->has_command('gcc');



# a clock of nginx, since a form takes a visitor some time

my $clock = Test::RFL::Preload->new($t, 'clock');
my $ahead = 0;

$clock->tell(pack 'q<2', 0, 0);
$clock->into_nginx();

sub later {
    $clock->tell(pack 'q<2', $ahead += 3, 0);
    http_get('/robots.txt');
}

my $rfl = $t->rfl_up();
my $dir = $rfl->{dir};
my $inbox = $rfl->{inbox};
my $drive = Test::RFL::Drive->up($rfl);

sub ask { $drive->ask(@_) }

sub found {
    my $name = shift;
    return page(search(name => $name))->{entry} ? 1 : 0;
}


# hands a form in: the code that hides

sub send_form {
    my ($form, %answers) = @_;

    my $p = walk($form, answers($form, %answers));
    later();
    $p = form($form, $p, go => 'send');
    my ($code) = $p->{text} =~ /\b((?:[0-9A-Z]{4}-){4}[0-9A-Z*~\$=])/;

    return $code // diag($p->{text});
}

my %yes = (consent => 'searchable', birth_year => '1975');

my $first = send_form('alive', %yes, name => 'Zarquela Vostrikane');
ok($first, 'a form is handed in, and a code is given');

my ($list) = @{$inbox->cmd('KEYS', 'in:northland:*')};
my ($box) = @{$inbox->cmd('LRANGE', $list, 0, -1)};

$inbox->cmd('RPUSH', $list, ($box) x 999);
is($inbox->cmd('LLEN', $list), 1000, 'its box is sent a thousand times');

$rfl->ctl_ok('inbox', 'pull');
like(ask(qw(desk desk take)), qr/^1 wrong=0/, 'S-38: the desk has one item');
like(ask('amina', 'queue', 'new'), qr/^1 of 1: \w{32}$/, 'S-38: in its queue');

$inbox->cmd('RPUSH', $list, ($box) x 10);
$rfl->ctl_ok('inbox', 'pull');
like(ask(qw(desk desk take)), qr/^0 wrong=0/, 'S-38: nor later another one');

my ($A) = ask('amina', 'queue', 'new') =~ /: (\w+)/;

like(ask('amina', 'act', $A, 'approve'), qr/^done/, 'approved');
like(ask('boris', 'act', $A, 'approve'), qr/^done .*published/, 'twice');
is(found('Zarquela Vostrikane'), 1, 'a visitor finds it');


# two more: the code is used before anybody, and before the second, approved

my $second = send_form('alive', %yes, name => 'Iolanthe Quarrington');
$rfl->ctl_ok('inbox', 'pull');
ask(qw(desk desk take));
my ($B) = ask('amina', 'queue', 'new') =~ /: (\w+)/;
like(ask('amina', 'act', $B, 'approve'), qr/^done .*second/, 'a second item');

like(ask(qw(desk desk catch)), qr/^0/, 'nothing happened meanwhile');

sub use_code {
    my $p = form('withdraw');
    later();
    return form('withdraw', $p, wish => 'hide', code => $_[0], go => 'send');
}

is(use_code($second)->{status}, 200, 'its code is used');

# the desk has not looked yet: publishing itself does

like(ask('boris', 'act', $B, 'approve'), qr/^refused faults fault\.hidden/,
     'and the second approval does not publish');
like(ask('boris', 'show', $B), qr/^new .*live=0/, 'it is back where it was');
is(found('Iolanthe Quarrington'), 0, 'no visitor finds it');

use_code($first);
is(found('Zarquela Vostrikane'), 0, 'the other one is hidden at once');

like(ask(qw(desk desk catch)), qr/^2/, 'the desk notices both');
like(ask('amina', 'queue', 'withdraw'), qr/^2 of 2: /, 'they are on top');
like(ask('amina', 'act', $B, 'approve'), qr/^refused hidden/,
     'what is hidden is not approved');
like(ask('amina', 'show', $A), qr/^published .*live=1 hidden=1/,
     'what is published stays marked');
like(ask('amina', 'act', $A, 'renew'), qr/^refused hidden/, 'and not renewed');

$rfl->ctl_ok('rotate');
like(ask(qw(desk desk catch)), qr/^1/, 'a rotation took it out');
like(ask('amina', 'show', $A), qr/^withdrawn .*live=0/,
     'and the desk follows by itself');
like(($rfl->ctl('journal', 'show'))[1], qr/ desk +withdrawn .*published > with/,
     'with a line of the journal');
is(found('Zarquela Vostrikane'), 0, 'no visitor finds it');
is(($rfl->ctl('verify'))[0], 0, 'the index is equal to the register');
like(ask(qw(desk desk catch)), qr/^0/, 'once');

# withdrawn at the command line, too

send_form('alive', %yes, name => 'Octavius Wolstenholme');
$rfl->ctl_ok('inbox', 'pull');
ask(qw(desk desk take));
my ($C) = ask('amina', 'queue', 'new') =~ /: (\w+)/;
ask('amina', 'act', $C, 'approve');
my ($ref) = ask('boris', 'act', $C, 'approve') =~ /published.* ref=(\S+)/;
$rfl->ctl_ok('withdraw', $ref);
like(ask(qw(desk desk catch)), qr/^1/, 'what rflctl withdrew');
like(ask('amina', 'show', $C), qr/^withdrawn/, 'is withdrawn at the desk');


# PFIF

my $pfif = sub {
    return '<?xml version="1.0" encoding="UTF-8"?>'
        . '<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4">'
        . join('', map {
            "<pfif:person><pfif:person_record_id>case.example/$_->[0]"
            . '</pfif:person_record_id>'
            . "<pfif:entry_date>2026-01-01T00:00:00Z</pfif:entry_date>"
            . "<pfif:expiry_date>$_->[2]</pfif:expiry_date>"
            . "<pfif:full_name>$_->[1]</pfif:full_name>"
            . '<pfif:date_of_birth>1981-02-03</pfif:date_of_birth>'
            . '<pfif:note><pfif:note_record_id>case.example/n'
            . "$_->[0]</pfif:note_record_id>"
            . '<pfif:entry_date>2026-01-01T00:00:00Z</pfif:entry_date>'
            . '<pfif:author_name>CANARY</pfif:author_name>'
            . '<pfif:source_date>2026-01-01T00:00:00Z</pfif:source_date>'
            . "<pfif:status>$_->[3]</pfif:status>"
            . '<pfif:text>words</pfif:text></pfif:note></pfif:person>'
        } @_) . '</pfif:pfif>';
};

mkdir "$dir/spool";
mkdir "$dir/spool/in";
my $until = '2099-01-01T00:00:00Z';

$t->write_file("$dir/spool/in/a.xml", $pfif->(
    [ 1, 'Wanjiru Umarov', $until, 'information_sought' ],
    [ 2, 'Salome Tesfaye', $until, 'is_note_author' ],
    [ 3, 'Tariq Rahimov', '2020-01-01T00:00:00Z', 'believed_alive' ]));
$t->write_file("$dir/spool/in/b.xml", $pfif->(
    [ 4, 'Viktor Zakaria', $until, 'believed_alive' ],
    [ 5, 'Ulrike Wolde', $until, 'believed_dead' ]));

like(ask('boris', 'desk', 'import'), qr/^2 .*faults=yes/,
     'persons of PFIF are read, not the one that expired');
ok(-e "$dir/spool/in/a.xml.done" && -e "$dir/spool/in/b.xml",
   'a file about somebody dead is left alone');

my @pfif = grep { $_ ne $B }
    ask('amina', 'queue', 'new') =~ /\b(\w{32})\b/g;
is(scalar @pfif, 2, 'two wait');
like(ask('amina', 'act', $_, 'approve'), qr/^refused faults /,
     'and cannot be published without consent') for @pfif;
like(ask('amina', 'act', $pfif[0], 'keep'), qr/^done .*kept/,
     'they may be kept');

rename "$dir/spool/in/a.xml.done", "$dir/spool/in/c.xml";
unlink "$dir/spool/in/b.xml";
like(ask('boris', 'desk', 'import'), qr/^0 .*faults=no/,
     'the same again makes nothing');


# what is over

like(ask('amina', 'act', $pfif[1], 'reject', 4), qr/^done .*rejected/,
     'one is rejected');
my ($how, $said) = $rfl->ctl('rotate');
is($how, 0, 'a rotation');
unlike($said, qr/forgotten/, 'forgets nothing before its time');

like(ask(qw(desk desk forget 89)), qr/^0/, 'nor does the day before');
like(ask(qw(desk desk forget 91)), qr/^3/, 'then the three that are over go');
is(ask('amina', 'show', $_), 'none', 'for good') for $A, $C, $pfif[1];
like(ask('amina', 'show', $B), qr/^new/, 'not what waits');
like(ask('amina', 'show', $pfif[0]), qr/^kept/, 'nor what is kept');
ask(qw(desk desk forget), 365 + 91);
is(ask('amina', 'show', $pfif[0]), 'none', '... which does not stay for ever');
like(($rfl->ctl('journal', 'show'))[1], qr/ desk +purge /,
     'the journal says so');

$inbox->cmd('RPUSH', $list, $box);
$rfl->ctl_ok('inbox', 'pull');
like(ask(qw(desk desk take)), qr/^0 wrong=0/,
     'what was forgotten does not come back');
like(ask('carla', 'journal'), qr/^rc=0 .*faults=0/, 'the journal is whole');

my $conf = $t->read_file("$dir/rflctl.conf");
for my $bad ('0', '4000', '"90"') {
    $t->write_file("$dir/rflctl.conf",
                   $conf =~ s/"keep_days": 90/"keep_days": $bad/r);
    isnt(($rfl->ctl('list'))[0], 0, "keep_days: $bad is refused");
}
for my $good ('', ', "keep_days": 30') {
    $t->write_file("$dir/rflctl.conf", $conf =~ s/,\s*"keep_days": 90/$good/r);
    is(($rfl->ctl('list'))[0], 0, "keep_days: \"$good\" is not");
}

$drive->stop();
$t->done();
