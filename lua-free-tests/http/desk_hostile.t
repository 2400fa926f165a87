#!/usr/bin/perl

# Copyright (C) The RFL authors

# What people send to harm whoever reads it is inert in every page of the desk
# (S-62, S-87), and what may not become public does not, whatever buttons are
# pressed in whatever order (S-121).

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use POSIX qw(strftime);

use Test::RFL;
use Test::RFL::Desk;


my $t = Test::RFL->new();
my $desk = Test::RFL::Desk->up($t);
my ($p, $id);

$desk->unlock(qw(amina boris));


# markup, addresses, directions, very long words

my @evil = (
    q(<script src=//evil.example/a.js></script>),
    q("><img src=x onerror=alert(1)>),
    q(' autofocus onfocus='alert(1)),
    q(</textarea></select></title><svg/onload=alert(1)>),
    q({{csrf}} {{t.desk.name}} {0} %s%n),
    q(javascript:alert(document.domain)),
    q(<base href=//evil.example><meta http-equiv=refresh content=0>),
    q(&lt;b&gt; &#x202e; &amp;amp;),
);

my $words = substr join("\n", @evil), 0, 290;

my @sent = map { $desk->alive("Eve $_", place => $evil[$_], reach => $words,
                              email => 'a@b.example', father => $evil[$_],
                              name_other => substr $evil[$_], 0, 100) }
    0 .. $#evil;

push @sent,
    { form => 'message', ref => '00' x 10, answers => { message => $words,
        sender => $evil[1], phone => '+00 1', reach => $words } },
    { form => 'report', ref => '00' x 10, answers => { why => 'danger',
        words => $words, sender => $evil[0] } },
    { form => 'withdraw', answers => { wish => 'hide', name => $evil[0],
        words => $words } },
    { form => 'looking', answers => { name => $evil[0], relation => 'son',
        tie => $words, words => $words,
        last_where => $words, sender => $evil[3],
        consent => 'searchable', phone => '+00 1' } };

my @ids = $desk->send(@sent);

my $kept = 0;

for my $evil (@ids) {
    $p = $desk->get('amina', "/en/item/$evil");
    $kept++ if $p->{status} == 200;

    check($p, "item $evil");
}

cmp_ok($kept, '>=', 10, 'what can be read at all is shown');
check($desk->get('amina', "/en/queue/$_"), "queue $_")
    for qw(new messages reports withdraw done);

# typed by a moderator's browser that somebody else has written

$id = $ids[0];

for my $text (@evil) {
    $p = $desk->post('amina', "/en/item/$id", {
        %{$desk->draft('amina', $id)}, name_1 => $text, father => $text,
        event => $text, end => $text, year => $text, note => $text });
    check($p, 'an edit');
    check($desk->act('amina', $id, act => $text, reason => $text,
                     note => $text, queue => $text), 'an act');
    check($desk->post('amina', '/en/find', { find => $text }), 'find');

    my $value = urlencode($text);
    check($desk->get('amina', '/en/queue/new?' . join '&', map { "$_=$value" }
                     qw(event lang kind done skip)), 'filters');
    check($desk->get('amina', "/en/$value"), 'a path');

    my $location = $desk->act('amina', $id, act => 'claim', queue => $text)
        ->{headers}{location} // '';
    unlike($location, qr/[<>"'\s]|evil|script/, 'no redirection has it');
}


# nothing of it may have become markup

sub check {
    my ($p, $what) = @_;

    my $html = $p->{html};

    # user text is escaped: what is left between "<" and ">" is ours

    my @tags = $html =~ /<([a-zA-Z!\/][^>]*)>/g;
    my @bad = grep { /^(?:script|img|svg|base|iframe|object|embed)\b
                      |\son\w+\s*=|evil\.example|javascript:
                      |http-equiv/xi } map { s/"[^"]*"/""/gr } @tags;

    is("@bad", '', "$what: no tag of theirs ($p->{status})");

    my @urls = $html =~ /\s(?:href|src|action)="([^"]*)"/g;
    is(join(' ', grep { !m{^(?:/|\#|tel:\+[0-9]+$|$)} } @urls), '',
        "$what: no address but our own");
    unlike($html, qr/\{\{|\{0\}.*\{\{/, "$what: no template of theirs")
        if $what !~ /^(?:item|an |find|filters|a path)/;
}


# directions and control characters never leave the box as they are

my ($rtl) = $desk->send({ form => 'alive', answers => { adult => 'yes',
    name => "Mallory \x{202e}gnp.exe", consent => 'searchable' } });

$p = $desk->get('amina', '/en/');
is($p->{status}, 200, 'a box with a direction mark does no harm');
unlike($desk->get('amina', "/en/item/$rtl")->{html}, qr/\x{202e}/,
    'and it is not shown');

my ($ctl) = $desk->send({ form => 'message', ref => '00' x 10, answers => {
    message => "one\x00two\x1b[31m\x07", sender => "A\x08B" } });
unlike($desk->get('amina', "/en/item/$ctl")->{body},
    qr/[\x00-\x08\x0b\x0c\x0e-\x1f]/, 'nor are control characters');

for my $text ("\x{202e}abc", "a\x00b", "a\x1bb", "\x{feff}x", "\xff\xfe",
              'x' x 65536, 'x y ' x 16384)
{
    my $raw = join '&', 'csrf=' . $desk->token('amina'),
        'find=' . urlencode($text);

    $p = $desk->request('amina', 'POST', '/en/find', $raw);
    like($p->{status}, qr/^(?:200|400|413)$/,
        'find takes or refuses ' . length($text) . ' characters');
    unlike($p->{html}, qr/[\x00-\x08\x0b\x0c\x0e-\x1f]|\x{202e}/,
        '... and no such character comes back');

    $p = $desk->post('amina', "/en/item/$id", {
        %{$desk->draft('amina', $id)}, name_1 => $text, note => $text });
    isnt($p->{status}, 500, 'nor does an edit break of it');
    unlike($p->{html}, qr/[\x00-\x08\x0b\x0c\x0e-\x1f]|\x{202e}/,
        '... or hand it back');
}

is($desk->get('amina', "/en/item/$id")->{status}, 200,
    'the desk works as before');


# a minor, somebody of unknown age, for matching only, without consent: no
# sequence of buttons makes them public (S-121)

my %never = (
    'a child' => $desk->alive('Nevera Childson', birth_year => '2015'),
    'an age of 12' => $desk->alive('Neverb Childson', birth_year => undef,
                                   age => '12'),
    'unknown age' => $desk->alive('Neverc Unknown', adult => 'unknown',
                                  birth_year => undef),
    'matching only' => $desk->alive('Neverd Matching',
                                    consent => 'match_only'),
    'a child looked for' => { form => 'looking', answers => {
        name => 'Nevere Childson', age => '9', relation => 'son',
        sender => 'X', phone => '+00 1', consent => 'searchable' } },
);

for my $what (keys %never) {
    my $answers = $never{$what}{answers};
    defined $answers->{$_} or delete $answers->{$_} for keys %$answers;
}

my @buttons = qw(approve approve keep edit renew approve name hand approve
                 claim release approve withdraw approve reject approve);

for my $what (sort keys %never) {
    my $name = $never{$what}{answers}{name};
    my ($never) = $desk->send($never{$what});

    is($desk->get('amina', "/en/item/$never")->{status}, 200,
        "$what: is at the desk");

    for my $i (0 .. $#buttons) {
        my $who = $i % 2 ? 'amina' : 'boris';
        my $act = $buttons[$i];
        my $page = $desk->get($who, "/en/item/$never");
        my $fields = $act eq 'edit' && $page->{body} =~ /value="edit"/
            ? $desk->draft($who, $never, year => '1980', age_band => '40-49')
            : {};

        $desk->act($who, $never, %$fields, act => $act,
                   name => 'Somebody', reason => $act eq 'reject' ? 'other'
                   : 'request', consent_day => '2026-11-22', end => '');
        $desk->act($who eq 'amina' ? 'boris' : 'amina', $never,
                   act => 'approve');
    }

    isnt($desk->state('amina', $never), 'published', "$what: never published");
    is($desk->found($name), 0, "$what: nobody finds it");
}

is(($desk->verify())[0], 0, 'index and register agree');

# control: the same buttons publish somebody who may be

($id) = $desk->send($desk->alive('Always Adultson'));
$desk->act($_, $id, act => 'approve') for qw(amina boris);
is($desk->found('Always Adultson'), 1, 'control: an adult is found');


# a code that hides, used before anybody decided

my $code = '00112233445566778899';

($id) = $desk->send($desk->alive('Hidden Hastings', code => $code));
$desk->{rfl}{inbox}->cmd('RPUSH', 'in:hide:'
    . strftime('%Y%m%d', gmtime), pack 'H*', $code);

is(() = grep({ $_ eq $id } $desk->queue('amina', 'withdraw')), 1,
    'it is among what is to be taken down');
$desk->act($_, $id, act => 'approve') for qw(amina boris amina);
isnt($desk->state('amina', $id), 'published', 'it cannot be published');
is($desk->found('Hidden Hastings'), 0, 'and nobody finds it');

$t->done();
