#!/usr/bin/perl

# Copyright (C) The RFL authors

# The moderators' desk over HTTP: from a submission in one script to a visitor
# who finds it in another, and its withdrawal; roles, tokens, claims, and two
# people at the same item.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Test::RFL;
use Test::RFL::Desk;


my $t = Test::RFL->new();
my $desk = Test::RFL::Desk->up($t, people => [ qw(amina boris carla dana) ]);

my ($p, $id, $other);


# the door, before keys are unlocked

$p = $desk->get('amina', '/');
is($p->{status}, 303, 'without a language one is chosen');
like($p->{headers}{location}, qr{/en/$}, 'that of the person');
like($desk->get('carla', '/')->{headers}{location}, qr{/es/$},
    'another person, another language');

like($desk->get('amina', '/en/')->{text}, qr/Unlock your keys/,
    'keys are locked at first');

for my $uri (qw(queue/new next/new find spool),
             'item/' . 'ab' x 16, 'entry/AAAA-AAAA-AAAA-AAAA')
{
    $p = $desk->get('amina', "/en/$uri");
    is($p->{status}, 403, "locked: $uri is not opened");
    like($p->{html}, qr{name="path" value="/en/$uri"},
        '... but asks for the passphrase, and goes on after it');
}

is($desk->get('amina', '/en/journal')->{status}, 200,
    'the journal needs no keys');

$p = $desk->post('amina', '/en/unlock', { passphrase => 'not the one' });
is($p->{status}, 200, 'a wrong passphrase');
like($p->{refused}, qr/\w/, 'is refused with a sentence');
unlike($p->{body}, qr/not the one/, 'which does not repeat it');
is($desk->get('amina', '/en/queue/new')->{status}, 403, 'and unlocks nothing');

$desk->unlock(qw(amina boris carla dana));
$p = $desk->get('amina', '/en/');
like($p->{text}, qr/To take down/, 'the right one shows the queues');
unlike($p->{html}, qr/autofocus/, 'none has the focus while nothing waits');
is($desk->get('amina', '/')->{status}, 303, 'and / still chooses');


# two people, and a visitor who writes in another script

($id, $other) = $desk->send(
    $desk->alive('سميرة قاسم الخطيب', lang => 'ar'),
    { form => 'looking', lang => 'fr', answers => {
        name => 'Samira Kassem Khatib', birth_year => '1984',
        relation => 'sister', sender => 'Rami Khatib',
        email => 'rami@mail.example', consent => 'searchable' } });

is_deeply([ sort $desk->queue('amina', 'new') ], [ sort $id, $other ],
    'what came in is in the queue of new ones');

like($desk->get('amina', '/en/')->{html},
    qr{href="/en/queue/new" autofocus>(?!.*autofocus)}s,
    '... which has the focus, being the first in which something waits');

$p = $desk->get('amina', "/en/item/$id");
is($p->{status}, 200, 'the page of an item');
like($p->{text}, qr/Samira Kassem Khatib/, 'shows whom it may meet');
like($p->{text}, qr/\+00 44 555 01 99/, 'and what stays private');
my ($public) = $p->{html} =~ m{<section class="public[^>]*>(.*?)</section>}s;
unlike($public, qr/555/, '... which is not in what will be public');
is(() = $public =~ /سميرة قاسم الخطيب/g, 4,
    'the preview is there in each language');

like($desk->post('amina', '/en/find', { find => 'Samira Kassem' })->{text},
    qr/Samira Kassem Khatib/, 'it is found at the desk');
$p = $desk->post('amina', '/en/find', { find => 'Samira' });
like($p->{refused}, qr/this one name alone.* two parts.* year of birth/s,
    '... by one part of its name it is not, and what to do is said');
unlike($p->{text}, qr/Nothing at this desk/, '... instead of an untruth');
like($desk->post('amina', '/en/find', { find => 'Samira 1984' })->{text},
    qr/Samira Kassem Khatib/, '... with the year of birth it is');
unlike($desk->post('amina', '/en/find', { find => 'Samira 1951' })->{text},
    qr/Samira Kassem Khatib/, '... that of somebody else finds nobody');

is($desk->found('Samira Kassem Khatib'), 0, 'nobody finds it yet');

$p = $desk->act('amina', $id, act => 'approve');
is($p->{status}, 303, 'the first approval') or diag($p->{refused} // $p->{status});
like($p->{headers}{location}, qr{/en/next/new\?done=approve$},
    'leads to the next one');
is($desk->state('amina', $id), 'second', 'and to the second look');
is($desk->found('Samira Kassem Khatib'), 0, 'still nobody finds it');

$p = $desk->act('amina', $id, act => 'approve');
is($p->{status}, 403, 'the same person does not publish it');
like($p->{refused}, qr/another person|somebody else|two people/i,
    'and is told why') or diag($p->{refused});
is($desk->state('boris', $id), 'second', 'nothing has changed');

$p = $desk->act('boris', $id, act => 'approve');
is($p->{status}, 303, 'another person approves') or diag($p->{refused} // $p->{status});
like($desk->get('boris', $p->{headers}{location})->{said}
     // $desk->get('boris', '/en/queue/new?done=published')->{said},
    qr/public now/, '... and told what came of it');
is($desk->state('boris', $id), 'published', 'it is published');
like($desk->get('boris', "/en/item/$id")->{text}, qr/As visitors see it/,
    '... which its page does not call to come');
is($desk->found('Samira Kassem Khatib'), 1,
    'a visitor finds it in Latin letters');
is($desk->found('سميرة الخطيب'), 1, '... and in Arabic ones');
is(($desk->verify())[0], 0, 'index and register agree');


# what rflctl published is counted, too, and is told to be in no list

$desk->{rfl}->publish([ { id => 'f1', names => [ 'Marta Nakamura' ] },
                        { id => 'f2', names => [ 'Ousmane Traore' ] } ]);
like($desk->get('amina', '/en/')->{text}, qr/Published 3 /,
    'home counts what came from files');
$p = $desk->get('amina', '/en/queue/published');
like($p->{text}, qr/ 1 item .*2 more entries are published.*files/,
    'the queue has the items, and says how many more there are');
unlike($desk->get('amina', '/en/queue/new')->{text}, qr/more entr/,
    'the others do not');
$p = $desk->get('amina', '/en/queue/published?lang=fr');
like($p->{text}, qr/of that kind.*Show all/, 'a filter that leaves none says so');


# by what the person has on paper, in letters or in digits

$p = $desk->get('amina', "/en/item/$id");

my ($receipt) = $p->{h1} =~ m{>([0-9A-Z]{5}-[0-9A-Z*~\$=]{5})<};
my $digits = Test::RFL::Desk::digits($id);

for my $typed ($receipt, lc $receipt =~ s/-//r, " $digits ", $digits =~ s/ //gr)
{
    $p = $desk->post('amina', '/en/find', { find => $typed });
    is($p->{status}, 303, "$typed: found");
    like($p->{headers}{location}, qr{/en/item/$id$}, '... it is that one');
}

$p = $desk->post('amina', '/en/find', { find => '' });
like($p->{refused}, qr/write a reference or a name/, 'nothing was written');


# one person takes it down, at once

$p = $desk->act('amina', $id, act => 'withdraw', reason => 'request');
is($p->{status}, 303, 'one person withdraws') or diag($p->{refused} // $p->{status});
is($desk->found('Samira Kassem Khatib'), 0, 'at once nobody finds it');
$p = $desk->get('amina', $p->{headers}{location});
like($p->{text}, qr/searched.*second|second.*ago/i, 'the page proves it: searched just now')
    or diag($p->{refused} // $p->{status});
is($desk->state('amina', $id), 'withdrawn', 'it is withdrawn');
unlike($desk->get('amina', "/en/item/$id")->{text}, qr/As it will be published/,
    '... and nothing of it will be public');
is(($desk->verify())[0], 0, 'index and register agree');

$p = $desk->act('amina', $id, act => 'approve');
isnt($p->{status}, 303, 'it does not come back');


# somebody asks without a code: the page shows which entry it may be, and it
# is taken down there, with proof

my $live = $desk->send($desk->alive('Zainab Oyelaran'));
$desk->act($_, $live, act => 'approve') for qw(amina boris);
is($desk->state('amina', $live), 'published', 'one more is published');

$other = $desk->send({ form => 'withdraw', answers => { wish => 'hide',
                       name => 'Zaynab Oyelaran', phone => '+00 1 2' } });
$p = $desk->get('amina', "/en/item/$other?queue=withdraw");
like($p->{html}, qr{May be the entry that is meant.*item/$live\?from=$other}s,
    'a request in words leads to the entry');
$p = $desk->get('amina', "/en/item/$live?from=$other");
like($p->{html}, qr{href="/en/item/$other[^"]*">Back to }, 'and back');
$p = $desk->act('amina', $live, act => 'withdraw', reason => 'request',
                from => $other);
is($p->{status}, 303, 'it is taken down');
like($p->{headers}{location}, qr{/en/item/$other\?done=back&at=\d+$},
    '... which leads back to the request');
$p = $desk->get('amina', $p->{headers}{location});
like($p->{said}, qr/item that you came from/, '... which says so');
like($p->{text}, qr/The index was searched .* not there/, '... with proof');
is($desk->found('Zainab Oyelaran'), 0, 'nobody finds it');
is($desk->act('amina', $other, act => 'close', reason => 'done',
              queue => 'withdraw')->{status}, 303, 'and the request closed');


# nothing is found by the name: another spelling is looked for, and the way
# back is not lost; where one came from is an item, or it is nothing

$live = $desk->send($desk->alive('Nikolaos Papadopoulos'));
$desk->act($_, $live, act => 'approve') for qw(amina boris);
$other = $desk->send({ form => 'withdraw', answers => { wish => 'hide',
                       name => 'Qwertz Uiopasdf', phone => '+00 1 2' } });
$p = $desk->get('amina', "/en/item/$other?queue=withdraw");
like($p->{text}, qr/Nothing was found by the name/, 'nothing is found');
like($p->{html}, qr{href="/en/find\?from=$other"}, '... one may look');
$p = $desk->get('amina', "/en/find?from=$other");
like($p->{html}, qr{name="from" value="$other"}, 'the form knows the request');
$p = $desk->post('amina', '/en/find',
                 { find => 'Nikolaos Papadopoulos', from => $other });
like($p->{html}, qr{item/$live\?from=$other}, '... and so does what it finds');

for my $from ('0' x 32, $live, 'x', '"><b>') {
    $p = $desk->get('amina', "/en/item/$live?from="
                    . Test::RFL::urlencode($from));
    is($p->{status}, 200, "from $from: the page");
    unlike($p->{html}, qr/Back to |name="from"/, '... without a way back');
}


# a message and a report: the entry is shown, and leads to its item and back

my ($ref) = $desk->get('amina', "/en/item/$live")->{html}
    =~ m{entry <bdi dir="ltr">([^<]+)<};
my %digit = map { substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', $_, 1) => $_ }
    0 .. 31;
my $bits = join '', map { sprintf '%05b', $digit{$_} } $ref =~ /[^-]/g;

$other = $desk->send({ form => 'report', ref => unpack('H*', pack 'B*', $bits),
                       answers => { why => 'danger' } });
$p = $desk->get('amina', "/en/item/$other?queue=reports");
like($p->{html}, qr{The entry it is about.*class="hit"}s, 'a report shows it');
like($p->{html}, qr{href="/en/entry/$ref\?from=$other"}, '... and opens it');
$p = $desk->get('amina', "/en/entry/$ref?from=$other");
like($p->{headers}{location}, qr{/en/item/$live\?from=$other$},
    '... by its item, since there is one');
$p = $desk->act('amina', $live, act => 'withdraw', reason => 'safety',
                from => $other);
like($p->{headers}{location}, qr{/en/item/$other\?done=back&at=},
    'taken down: back at the report');
like($desk->get('amina', "/en/item/$other")->{text},
    qr/Visitors do not see this entry/, '... which says that it is gone');


# people of one name, and more of one name than a page shows

my @alone = $desk->send($desk->alive('Suharto'), $desk->alive('سوهارتو'),
                        $desk->alive('Suharto Wijayanto'));

$p = $desk->post('amina', '/en/find', { find => 'Suharto' });
like($p->{html}, qr{href="/en/item/$_"}, 'of one name alone: it is found')
    for @alone[0, 1];
unlike($p->{html}, qr{href="/en/item/$alone[2]"}, '... a longer one is not');
like($p->{refused}, qr/longer names are not shown.* year of birth/s,
    '... which is said, with what to do');
$p = $desk->post('amina', '/en/find', { find => 'Suharto 1984' });
like($p->{html}, qr{href="/en/item/$_"}, 'with the year all are found')
    for @alone;

my @years = map { 1920 + 10 * $_ } 0 .. 7;
my @many = $desk->send(
    map { $desk->alive('Nurlan Manyov', birth_year => "$_") } @years);

$p = $desk->post('amina', '/en/find', { find => 'Nurlan Manyov' });
like($p->{refused}, qr/More people have a name like this/,
    'of many with one name some are shown, and that is said');

for my $i (0 .. $#many) {
    $p = $desk->post('amina', '/en/find',
                     { find => "Nurlan Manyov $years[$i]" });
    like($p->{html}, qr{href="/en/item/$many[$i]"}, "$years[$i]: found");
    is($p->{refused}, undef, '... and nothing is missing');
}

$desk->act('amina', $_, act => 'reject', reason => 'double')
    for @alone, @many;


# filters go on from one item to the next

my @arabic = $desk->send(
    $desk->alive('Leila Trabelsi', lang => 'fr'),
    $desk->alive('Karim Mansouri', lang => 'ar'),
    $desk->alive('Samir Mansouri', lang => 'ar'));

shift @arabic;

$p = $desk->get('amina', '/en/queue/new?lang=ar&kind=alive');
like($p->{html}, qr{href="/fr/queue/new\?lang=ar&amp;kind=alive" lang="fr"},
    'another language shows the same items');
unlike($desk->get('amina', '/en/queue/new?lang="><b>')->{html}, qr/<b>/,
    'and nothing of an address that is not ours');
$p = $desk->get('amina', '/en/queue/new?lang=ar&event=&kind=');
is_deeply([ sort $p->{body} =~ m{item/([0-9a-f]{32})\?queue=new,,,ar"}g ],
    [ sort @arabic ], 'one language');
like($p->{html}, qr{href="/en/next/new\?lang=ar"}, 'and the next of it');

for my $n (1, 2) {
    $p = $desk->get('amina', '/en/next/new?lang=ar');
    ($id) = $p->{headers}{location} =~ m{/item/(\w+)\?queue=new,,,ar$};
    ok((grep { $_ eq ($id // '') } @arabic), "item $n is of that language");
    $p = $desk->act('amina', $id, act => 'reject', reason => 'other',
                    queue => 'new,,,ar');
    like($p->{headers}{location}, qr{/en/next/new\?lang=ar&done=reject$},
        '... and so is the next');
}

$p = $desk->get('amina', '/en/next/new?lang=ar&done=reject');
like($p->{headers}{location}, qr{/en/queue/new\?lang=ar&done=reject$},
    'when there is none left, the queue is shown with its filter');
$p = $desk->get('amina', "/en/item/$arabic[0]?queue=new,,,\"><b>,x,,,,");
is($p->{status}, 200, 'what is no filter');
unlike($p->{body}, qr/"><b>/, '... does not come back');


# an auditor sees all and changes nothing

($id) = $desk->send($desk->alive('Chiara Castellano'));

for my $act (qw(claim edit name approve reject withdraw renew keep hand close
                release))
{
    my $before = $desk->get('amina', "/en/item/$id")->{version};

    $p = $desk->act('dana', $id, act => $act, version => $before,
        %{$act eq 'edit' ? $desk->draft('amina', $id) : {}}, act => $act,
        reason => $act eq 'reject' ? 'other' : $act eq 'close' ? 'done'
                  : 'request',
        name => 'Kiara', consent_day => '2026-11-22');

    isnt($p->{status}, 303, "an auditor cannot $act");
    is($desk->get('amina', "/en/item/$id")->{version}, $before,
        '... and nothing has changed');
}

$p = $desk->get('dana', "/en/item/$id");
is($p->{status}, 200, 'an auditor reads an item');
unlike($p->{body}, qr/name="act"/, '... without buttons');
is($desk->get('dana', '/en/journal')->{status}, 200, '... and the journal');

is($desk->post('amina', '/en/spool', {})->{refused} // '' ? 1 : 0, 1,
    'a moderator imports nothing');
is($desk->post('carla', '/en/spool', {})->{refused} // '', '',
    'a coordinator may');


# tokens of forms

my $uri = "/en/item/$id";
my $version = $desk->get('amina', $uri)->{version};
my %press = (act => 'approve', version => $version, queue => 'new');

for my $case ([ 'no token', '' ],
              [ "another person's", $desk->token('boris') ],
              [ 'one that was guessed', 'A' x 43 ],
              [ 'one that is too long', $desk->token('amina') . 'A' ])
{
    my ($what, $token) = @$case;

    $p = $desk->post('amina', $uri, { %press, csrf => $token });
    is($p->{status}, 400, "$what: refused");
}

$p = $desk->request('amina', 'POST', $uri, { %press });
is($p->{status}, 400, 'no such field at all: refused');
$p = $desk->request('amina', 'POST', $uri,
    { %press, csrf => [ $desk->token('amina'), $desk->token('amina') ] });
is($p->{status}, 400, 'two of them: refused');
is($desk->state('amina', $id), 'new', 'nothing was done');
is($desk->get('amina', "$uri?act=approve&version=$version&csrf="
              . $desk->token('amina'))->{status}, 200, 'GET does nothing');
is($desk->state('amina', $id), 'new', '... indeed');


# what cannot be used is named, and all that was typed is there again

my $mend = $desk->send($desk->alive('Nour Habib'));

for my $case ([ { year => '19x5' }, qr/year of birth cannot be right/ ],
              [ { end => 'soon' }, qr/A day cannot be read/ ],
              [ { name_1 => '…' }, qr/field of a name/ ],
              [ { name_2 => '12 34' }, qr/field of a name/ ],
              [ { family_1 => '-' }, qr/field of a name/ ],
              [ { name_2 => 'a@b.example' }, qr/field of a name/ ],
              [ { mother => '☎' }, qr/field of a name/ ],
              [ { name_1 => '' }, qr/has no name/ ],
              [ { year => '?', end => '?', mother => '?' },
                qr/field of a name.*year of birth.*A day/s ])
{
    my ($typed, $why) = @$case;
    my $draft = $desk->draft('amina', $mend, father => 'Tariq', sex => 'f',
                             %$typed);
    my $what = join ', ', sort keys %$typed;

    $p = $desk->post('amina', "/en/item/$mend", $draft);
    is($p->{status}, 400, "$what: refused");
    like($p->{html}, $why, '... with what is wrong');
    like($p->{html}, qr/name="$_" value="\Q$draft->{$_}\E"/, "... $_ is there")
        for 'father', grep { $typed->{$_} ne '' } sort keys %$typed;
    like($p->{html}, qr/value="f" selected/, '... and what was chosen');
}

$p = $desk->act('amina', $mend, act => 'name', name => '—');
like($p->{html}, qr/field of a name.*name="name" value="—"/s,
    'the name in another alphabet has letters, too');
$p = $desk->act('amina', $mend, act => '', note => 'written for nobody');
like($p->{refused}, qr/choose what to do/, 'nothing was chosen');
like($p->{html}, qr/value="written for nobody"/, '... the note is there');
is($desk->get('amina', "/en/item/$mend")->{version}, 1, 'nothing was changed');
$desk->act('amina', $mend, act => 'reject', reason => 'other');


# keys ran out, and the desk was restarted, in the middle of a form

my $ran = $desk->send($desk->alive('Ramla Osei'));
my $typed = "version=" . $desk->get('amina', "/en/item/$ran")->{version}
    . '&queue=new&csrf=' . $desk->token('amina')
    . '&act=reject&reason=other&note=%D8%A3%20%22b%22';

$desk->reload();
$p = $desk->request('amina', 'POST', "/en/item/$ran", $typed);
is($p->{status}, 403, 'a form without keys does nothing');
like($p->{html}, qr/Nothing is lost/, '... and is kept');

my %kept = map { $_ => '' } qw(path form);
($kept{$_}) = $p->{html} =~ m{name="$_" value="([^"]*)"} for keys %kept;
$kept{$_} =~ s/&quot;/"/g, $kept{$_} =~ s/&amp;/&/g for keys %kept;

$p = $desk->post('amina', '/en/unlock',
    { %kept, passphrase => $desk->passphrase('amina') });
is($p->{status}, 303, 'with the passphrase');
like($p->{headers}{location}, qr{/en/next/new\?done=reject$}, '... it is done');
is($desk->state('amina', $ran), 'Not published', '... indeed');
like($desk->get('amina', "/en/item/$ran")->{html}, qr/أ &quot;b&quot;/,
    '... with all that was written');
$p = $desk->post('boris', '/en/unlock', { path => '/en/lock', form =>
    'csrf=' . $desk->token('boris'),
    passphrase => $desk->passphrase('boris') });
like($p->{headers}{location}, qr{/en/$}, 'nothing else goes on by itself');
$desk->post('boris', '/en/lock', {});
$p = $desk->post('boris', '/en/unlock', { path => '/en/queue/new',
    query => 'lang=ar', passphrase => $desk->passphrase('boris') });
like($p->{headers}{location}, qr{/en/queue/new\?lang=ar$}, 'a page opens');
$p = $desk->post('boris', '/en/unlock', { path => "/en/item/$ran",
    form => 'act=claim&version=1', passphrase => $desk->passphrase('boris') });
is($p->{status}, 400, 'a form without its own token does nothing');
$desk->unlock(qw(carla dana));

# an edit after the first approval voids it

$desk->act('amina', $id, act => 'approve');
$p = $desk->post('boris', $uri,
                 $desk->draft('boris', $id, name_1 => 'Chiara Castellani'));
is($p->{status}, 303, 'somebody mends the draft') or diag($p->{refused} // $p->{status});
is($desk->state('boris', $id), 'new', 'the approval is void');
$p = $desk->act('boris', $id, act => 'release');
$p = $desk->act('boris', $id, act => 'approve');
is($p->{status}, 303, 'and is given anew') or diag($p->{refused});
is($desk->state('boris', $id), 'second', 'approved anew');
is($desk->found('Chiara Castellani'), 0, 'not public yet');
$p = $desk->act('amina', $id, act => 'approve');
is($desk->found('Chiara Castellani'), 1, 'now it is');


# Enter twice: the second one meets the item that has come meanwhile

($id, my $unseen) = $desk->send($desk->alive('Quirin Readfirst'),
                                $desk->alive('Unda Readlater'));
$desk->get('amina', "/en/item/$unseen")->{html}
    =~ /name="opened" value="(\d+)"/;
my $opened = $1;

$p = $desk->act('amina', $unseen, act => 'approve', opened => $opened + 1);
is($p->{status}, 400, 'an approval as soon as the page opens is none');
like($p->{refused}, qr/only just opened/, '... which is told');
unlike($p->{html}, qr/value="approve" checked/, '... and Enter is none either');
is($desk->state('boris', $unseen), 'new', 'nothing was approved');
like($p->{text}, qr/As it will be published/, '... yet');
$p = $desk->act('amina', $unseen, act => 'approve', opened => $opened - 2);
is($p->{status}, 303, 'who has read it approves');
is($desk->state('boris', $unseen), 'second', '... it');


# two browsers at the same item: nothing is lost

($id) = $desk->send($desk->alive('Gustav Grigoryan'));

my $mine = $desk->draft('amina', $id, name_1 => 'Gustav GrigoryanAMINA',
                        father => 'Aram');
my $theirs = $desk->draft('boris', $id, name_1 => 'Gustav GrigoryanBORIS',
                          year => '1985');

is($desk->post('boris', "/en/item/$id", $theirs)->{status}, 303,
    'the first one saves');
$desk->act('boris', $id, act => 'release');
$p = $desk->post('amina', "/en/item/$id", $mine);
is($p->{status}, 409, 'the second one is told');
like($p->{html}, qr/GrigoryanAMINA/, 'sees what they typed');
like($p->{html}, qr/GrigoryanBORIS/, '... and what the other one saved');
like($p->{html}, qr/value="Aram"/, '... and has it in the form still');
unlike($p->{html}, qr/value="approve" checked/,
    '... and Enter does not approve what the other one wrote');
is(scalar(() = $p->{html} =~ /changed since you opened it/g), 1,
    '... by one sentence that is read aloud at once');
like($p->{refused}, qr/changed since you opened it.* save again/s,
    '... with what to do');
is(scalar(() = $p->{html} =~ /Somebody else was quicker/g), 1,
    '... and one heading');
($version) = $p->{body} =~ /name="version" value="(\d+)"/;
isnt($version, $mine->{version}, 'which has the new version');
$p = $desk->post('amina', "/en/item/$id", { %$mine, version => $version });
is($p->{status}, 303, 'so that pressing again saves it');
like($desk->get('amina', "/en/item/$id")->{html}, qr/GrigoryanAMINA/,
    'it is saved');


$desk->act('amina', $id, act => 'release');
my $seen = $desk->get('amina', "/en/item/$id")->{version};

$desk->post('boris', "/en/item/$id",
            $desk->draft('boris', $id, name_1 => 'Gustav Unread'));
$desk->act('boris', $id, act => 'release');
$p = $desk->post('amina', "/en/item/$id",
                 { act => 'approve', version => $seen, queue => 'new' });
is($p->{status}, 409, 'an approval of what was changed is none');
like($p->{refused}, qr/was not done: look at it again/, '... which is told');
unlike($p->{html}, qr/Somebody else was quicker/, '... without an empty table');
unlike($p->{html}, qr/value="approve" checked/,
    '... and is not chosen for what it is now');


# a claim

($id) = $desk->send($desk->alive('Hanna Haidari'));

is($desk->act('amina', $id, act => 'claim')->{status}, 303, 'a claim');
like($desk->get('boris', "/en/item/$id")->{text}, qr/Amina Haddad/,
    'the other one sees whose');
like($desk->get('boris', '/en/queue/new')->{text}, qr/Amina Haddad/,
    '... in the queue, too');
$p = $desk->act('boris', $id, act => 'approve');
is($p->{status}, 409, 'and does not decide meanwhile') or diag($p->{refused} // $p->{status});
my ($next) = ($desk->get('boris', '/en/next/new')->{headers}{location} // '')
    =~ m{/item/(\w+)};
isnt($next // '', $id, 'the next one of boris is another');
my $form = $desk->draft('amina', $id, name_1 => 'Hanna Haydari');

is($desk->act('carla', $id, act => 'claim')->{status}, 303,
    'a coordinator takes it over');
is($desk->post('amina', "/en/item/$id", $form)->{status}, 409,
    'whose form waits');
is($desk->act('carla', $id, act => 'release')->{status}, 303,
    'until it is left to others');
is($desk->post('amina', "/en/item/$id", $form)->{status}, 303,
    'and is saved then, since nothing was changed');


# locking again

$p = $desk->post('amina', '/en/lock', {});
is($p->{status}, 303, 'lock');
is($desk->get('amina', '/en/queue/new')->{status}, 403, 'is at once');
is($desk->get('boris', '/en/queue/new')->{status}, 200,
    'and for one person only');

my ($rc, $out) = $desk->{rfl}->ctl('journal', 'verify');
is($rc, 0, 'the journal of it all is whole') or diag($out);

$t->done();
