#!/usr/bin/perl

# Copyright (C) The RFL authors

# Five forms as visitors hand them in, each from its first page to the box
# that the office opens, and every refusal on the way.  S-51 one size of all
# boxes, S-52 keys, S-56 sealing that fails, S-73 forms that are too young,
# too old, forged, of another form.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Encode qw(decode_utf8 encode_utf8);
use JSON::PP ();
use POSIX qw(strftime);

use Test::RFL;
use Test::RFL::Forms;
use Test::RFL::Preload;


my $t = Test::RFL->new()->needs('module', 'keyd', 'rflctl')
    ->has_command('gcc');

my $clock = Test::RFL::Preload->new($t, 'clock');

$clock->tell(pack 'q<2', 0, 0);
$clock->into_nginx();

my $rfl = $t->rfl_up(lines => [ { id => 'one', kind => 'looking',
                                  names => [ 'Zarquela Vostrikane' ] } ],
    http => "rfl_exit https://weather.example/;\n"
            . "log_format who '\$rfl_client';\n"
            . "set_real_ip_from 127.0.0.1;\n",
    conf => "access_log $t->{testdir}/logs/who.log who;\n");

my $office = office($rfl);
$t->reload();

my $phone = '+00 12 345 67 89';

# The clock of nginx stands, and is moved by hand.  Ten minutes past the hour:
# a few seconds end neither an hour nor a day.

my $now = 3600 * int(time() / 3600) + 3600 + 600;


# as a visitor who reads before pressing "send"; nginx caches its time, so it
# is asked once more

sub later {
    $clock->tell(pack 'q<4', 0, 0, 0, $now += $_[0] // 3);
    http_get('/robots.txt');
}

later(0);


# pages before a form

my $p = page(http_get('/en/alive'));
is($p->{status}, 200, 'GET /en/alive');
like($p->{body}, qr{<form[^>]+method="post"[^>]+action="/en/alive"},
    'the safety page leads to the form');
unlike($p->{body}, qr/name="state"/, 'nothing has begun yet');

$p = page(http_get('/en/withdraw'));
is($p->{status}, 200, 'GET /en/withdraw');
ok($p->{state}, 'begins at once');

for my $form (qw(message report)) {
    $p = page(http_get("/en/$form"));
    is($p->{status}, 200, "GET /en/$form");
    like($p->{body}, qr{action="/en/search"}, 'leads to the search');
    is(page(http_get("/en/$form?entry=x"))->{body}, $p->{body},
        'whatever the query');
}

is(parse(http_head('/en/withdraw'))->{status}, 200, 'HEAD');
is(parse(http_post('/en/privacy', {}))->{status}, 405, 'no form, no POST');


# a result leads to the forms about it

$p = page(search(name => 'Zarquela Vostrikane'));
my $entry = $p->{entry};
ok($entry, 'a result has a token');
unlike($entry // '', qr/[^A-Za-z0-9_-]/, '... for a URL or a field');
isnt($entry, page(search(name => 'Zarquela Vostrikane'))->{entry},
    '... another one each time');

$p = page(search(name => 'Nobody Atall'));
like($p->{html}, qr{action="/en/looking".*?name="name" value="Nobody Atall"}s,
    'a search without result carries the name over');

my %asked = (name => 'Nobody Atall', father => 'Some Body',
    birth_year => 'about 1987', kind => 'alive', consent => 'searchable');

$p = form('looking', {}, %asked);
like($p->{html}, qr{id="name"[^>]+value="Nobody Atall"}, '... into the form');
like($p->{html}, qr{id="father"[^>]+value="Some Body"},
    '... and the name of a parent');

$p = form('looking', $p, name => 'Nobody Atall', father => 'Some Body');
like($p->{html}, qr{id="birth_year"[^>]+value="about 1987"}, '... the year');

$p = form('looking', $p, %$_)
    for { birth_year => 'about 1987' }, { relation => 'sister' }, {},
        { sender => 'Boris Abendroth', phone => '+41 79 555 01 99' };
like($p->{html}, qr{name="consent"}, '... as far as the page of consent');
unlike($p->{html}, qr{<input[^>]* checked}, '... which nobody else can give');


# the journeys; sent at once, each is too young

my %young;

for my $form (sort keys %Test::RFL::Forms::answers) {
    my %about = $form =~ /message|report/ ? (entry => $entry) : ();

    $p = walk($form, answers($form), %about);
    $young{$form} = form($form, $p, go => 'send');

    is($p->{status}, 200, "$form: the check page");
    like($p->{body}, qr/value="send"/, '... has the button that sends');

    my %shown = answers($form);
    my @missing = grep { my $text = $_;
                         $text =~ s/&/&amp;/g;
                         index($p->{html}, (split /\n/, $text)[0]) < 0 }
        map { $shown{$_} } grep { !/^(?:adult|consent|why|relation)$/ }
        keys %shown;

    is("@missing", '', '... and all that was typed');
    is($p->{headers}{'cache-control'}, 'no-store', '... not to be kept');
    is(length($p->{body}) % 12288, 0, '... of one size');
    is($p->{headers}{'content-encoding'}, undef, '... never compressed');
}

is(join(' ', map { $young{$_}{status} } sort keys %young),
    '200 200 200 200 200', 'S-73 sent within two seconds: asked again');
is(scalar(grep { $young{$_}{body} =~ /value="send"/ } keys %young), 5,
    '... on the check page');
is(scalar($office->lists()), 0, '... and nothing is stored');

later();

my %sent = map { $_ => form($_, $young{$_}, go => 'send') } keys %young;

for my $form (sort keys %sent) {
    $p = $sent{$form};

    is($p->{status}, 200, "$form: sent");
    like($p->{text}, qr/\b[0-9A-Z]{5}-[0-9A-Z]{4}[0-9A-Z*~\$=](?!\S)/,
        '... with a reference') ;
    like($p->{text}, qr/\b\d{4} \d{4} \d{4} \d{4}\b/, '... and in digits');

    my $code = $p->{text} =~ /\b(?:[0-9A-Z]{4}-){4}[0-9A-Z*~\$=]/;
    is($code ? 1 : 0, $form =~ /alive|looking/ ? 1 : 0, '... and the code');
    unlike($p->{html}, qr/Vostrikane|79 555/, '... and none of the answers');
}

my @boxes = $office->boxes();
is(scalar @boxes, 5, 'five boxes');
is(join(' ', $office->lists()),
    'in:northland:' . strftime('%Y%m%d', gmtime $now),
    'S-51 the name of the list has society and day only');
is(join(' ', map { length } @boxes), '8249 8249 8249 8249 8249',
    'S-51 all of one size');

my %opened = map { $_->{form} => $_ } $office->opened();

my $n = 0;
for my $form (qw(alive looking message withdraw report)) {
    my $o = $opened{++$n};
    my %typed = answers($form);

    is_deeply([ grep { ($o->{answers}{$_} // '') ne $typed{$_}
                       && $typed{$_} !~ /^(?:yes|match_only|sister|danger)$/ }
                keys %typed ], [], "$form: the office reads what was typed");
    is($o->{lang}, 'en', '... in which language');
    is($o->{society}, 'northland', '... for whom');
    is($o->{day}, int($now / 86400), '... on which day');
    is(defined $o->{hide} ? 1 : 0, $form =~ /alive|looking/ ? 1 : 0,
        '... with the hash of the code');
    is(defined $o->{ref} ? 1 : 0, $form =~ /message|report/ ? 1 : 0,
        '... with the entry it is about');
}

is(scalar(keys %{{ map { $_->{id} => 1 } values %opened }}), 5,
    'ids are different');

my $state = counters();
is($state->{requests}{alive}{stored}, 1, 'rfl_status counts what was stored');
is($state->{requests}{alive}{early}, 1, '... and what came too early');
is($state->{submissions}{stored}, 5, '... of all forms together');
is($state->{submissions}{early}, 5, '... by what became of it');
like(parse(http_get('/status?format=prometheus'))->{body},
    qr/^# TYPE\ nginx_rfl_submissions_total\ counter\n
       nginx_rfl_submissions_total\{outcome="away"\}\ 0\n
       nginx_rfl_submissions_total\{outcome="stored"\}\ 5$/mx,
    '... also for Prometheus');


# once

my $before = $sent{alive}{text} =~ s/ {2,}/ /gr;

for my $again (1 .. 3) {
    $p = form('alive', $young{alive}, go => 'send');
    is($p->{text}, $sent{alive}{text}, "sent again ($again): the same page");
}

is(scalar($office->boxes()), 5, '... and stored once');
is(counters()->{requests}{alive}{repeated}, 3, '... and counted');

# in another language it is the same; with a correction it is another one,
# which must not be lost because the first was stored

is(form('alive', $young{alive}, go => 'send', lang => 'fr')->{status}, 200,
    'sent again, in French');
is(scalar($office->boxes()), 5, '... is stored once');

$p = form('alive', $young{alive}, go => 'change-3');
$p = form('alive', $p, phone => '+41 79 555 01 98');

my @corrected = map { form('alive', $p, go => 'send') } 1 .. 2;

is($corrected[0]{status}, 200, 'gone back, corrected, and sent');
isnt($corrected[0]{text}, $sent{alive}{text}, '... has another reference');
is($corrected[1]{text}, $corrected[0]{text}, '... the same, sent twice');
is(scalar($office->boxes()), 6, '... and is stored, once');

my @alive = grep { $_->{form} == 1 } $office->opened();
is(scalar @alive, 2, '... beside the first');
is($alive[1]{answers}{phone}, '+41 79 555 01 98', '... as it was corrected');
is($alive[0]{hide}, $alive[1]{hide}, '... and one code hides both');
$rfl->{inbox}->cmd('RPOP', ($office->lists())[0]);

# two at the same moment, and one who closes the window

$p = walk('looking', answers('looking'));
later();

my @two = map { form('looking', $p, go => 'send', start => 1) } 1 .. 4;
close shift @two;
@two = map { page(http_end($_)) } @two;

is(join(' ', map { $_->{status} } @two), '200 200 200', 'four at once');
is(scalar(grep { $_->{text} eq $two[0]{text} } @two), 3, '... one answer');
is(scalar($office->boxes()), 6, '... stored once');

# after a reload the key is the same and so are the ids

$p = walk('report', answers('report'), entry => $entry);
later();
$t->reload();
$p = form('report', $p, go => 'send');
is($p->{status}, 200, 'a reload between two pages does no harm');
is(scalar($office->boxes()), 7, '... and it is stored');
is(form('alive', $young{alive}, go => 'send')->{text}, $sent{alive}{text},
    '... and what was stored before is known');
is(scalar($office->boxes()), 7, '... still');


# the text, printed and kept

$p = parse(http_post('/en/alive', { state => $sent{alive}{state},
                                    go => 'text' }));
is($p->{status}, 200, 'as a file');
is($p->{headers}{'content-type'}, 'text/plain; charset=utf-8', '... of text');
like($p->{headers}{'content-disposition'}, qr/^attachment/, '... to be kept');
my ($reference) = $sent{alive}{text} =~ /\b([0-9A-Z]{5}-[0-9A-Z]{4}[0-9A-Z*~\$=])(?!\S)/;
like($p->{body}, qr/\Q$reference\E/, '... with the reference');
unlike($p->{body}, qr/Vostrikane/, '... and none of the answers');

$p = form('alive', $sent{alive}, go => 'lang', lang => 'ar');
like($p->{body}, qr/<html lang="ar" dir="rtl">/, 'the sent page in Arabic');
like($p->{body}, qr/\Q$reference\E/, '... with the same reference');

is(form('alive', $young{alive}, go => 'text')->{status}, 200,
    'no text of what was not sent');
is(parse(http_post('/en/alive', { state => $young{alive}{state},
                                  go => 'text' }))->{headers}{'content-type'},
    'text/html; charset=utf-8', '... but a page');
is(scalar($office->boxes()), 7, 'nothing of that is stored');


# forth and back

$p = form('looking');
$p = form('looking', $p);
is($p->{status}, 200, 'a step without its answer');
like($p->{title}, qr/^Error: /, '... says so in the title');
like($p->{html}, qr/href="#name"/, '... leads to the field');

$p = form('looking', $p, name => 'Zarquela Vostrikane');
unlike($p->{title}, qr/^Error: /, 'mended');
$p = form('looking', $p, birth_year => 'spring');
like($p->{html}, qr/href="#birth_year"/, 'a year without a year');
like($p->{html}, qr/value="spring"/, '... stands there to be mended');
$p = form('looking', $p, birth_year => '1975', go => 'back');
like($p->{html}, qr/value="Zarquela Vostrikane"/, 'back: the name is there');
$p = form('looking', $p, name => 'Zarquela Vostrikan');
like($p->{html}, qr/value="1975"/, '... and forth: so is the year');

$p = form('looking', $p, birth_year => '1976', go => 'lang', lang => 'fr');
like($p->{body}, qr/<html lang="fr"/, 'another language');
like($p->{html}, qr/value="1976"/, '... with what was just typed');

$p = walk('looking', answers('looking'));
my $check = $p;
$p = form('looking', $p, go => 'change-0');
like($p->{html}, qr/value="Zarquela Vostrikane"/, 'change');
$p = form('looking', $p, name => 'Zarquela Changed');
like($p->{html}, qr/Zarquela Changed/, '... back on the check page');
like($p->{body}, qr/value="send"/, '... at once');
is(form('looking', $check, go => 'change-17')->{status}, 400,
    'a step that is none');
like(form('looking', $check)->{body}, qr/value="send"/,
    'Enter on the check page shows it once more');
is(scalar($office->boxes()), 7, '... and sends nothing');

$p = form('looking');
is(form('looking', $p, go => 'send')->{status}, 200,
    'sent from the first page');
is(scalar($office->boxes()), 7, '... is not sent');


# minors

for my $adult (qw(no unknown)) {
    $p = form('alive', form('alive'), adult => $adult);
    is($p->{status}, 200, "adult: $adult");
    unlike($p->{body}, qr/name="state"/, '... ends here');
    like($p->{text}, qr/\Q$phone\E/, '... with the office');
}

$p = form('alive', form('alive'), adult => 'yes');
$p = form('alive', $p, name => 'Zarquela');
$p = form('alive', $p, age => '9');
unlike($p->{body}, qr/name="state"/, 'an age of nine ends there, too');


# robots

later();
$p = form('alive', form('alive'), adult => 'yes', subject => 'buy');
is($p->{status}, 200, 'the field that nobody sees');
like($p->{text}, qr/\b\d{4} \d{4} \d{4} \d{4}\b/, '... looks like sent');
is(scalar($office->boxes()), 7, '... and is not');
is(counters()->{requests}{alive}{trapped}, 1, '... but counted');


# S-73

$p = form('alive');
is(form('looking', $p)->{status}, 400, 'S-73 the state of another form');

my $forged = $p->{state};
substr($forged, 500, 1) =~ tr/A-Za-z0-9_\-/B-ZAb-za1-90\-_/;
is(form('alive', { state => $forged })->{status}, 400, 'S-73 forged');
is(form('alive', { state => 'AAAA' })->{status}, 400, '... short');
is(form('alive', { state => $p->{state} . 'A' })->{status}, 400, '... long');
is(form('message', {}, entry => 'AAAA')->{status}, 400,
    'S-73 a token that is none');
is(form('message')->{status}, 400, '... and none');
is(form('message', {}, entry => $p->{state})->{status}, 400,
    '... and a state as a token');
is(form('alive', { state => $entry })->{status}, 400,
    '... and a token as a state');

my $old = walk('alive', answers('alive'));

later(7190);
is(form('alive', $old)->{status}, 200, 'S-73 control: almost two hours');
later(20);
$p = form('alive', $old, go => 'send');
is($p->{status}, 410, 'S-73 two hours old');
like($p->{text}, qr/\Q$phone\E/, '... says whom to call');
is(form('alive', { state => $forged })->{status}, 400, '... forged is forged');
is(form('message', {}, entry => $entry)->{status}, 410,
    'S-73 a token of more than an hour');
is(scalar($office->boxes()), 7, 'S-73 and nothing was stored');


# a clock that is set back takes nothing away

$p = form('looking');
later(-1800);
$p = form('looking', $p, name => 'Zarquela Vostrikane');
unlike($p->{title}, qr/^Error: /, 'half an hour back: the form goes on');
like($p->{body}, qr/name="birth_year"/, '... with its next step');

$p = walk('alive', answers('alive'));
later(-1800);
$p = form('alive', $p, go => 'send');
like($p->{body}, qr/value="send"/, '... is asked for once more at most');
later();
is(form('alive', $p, go => 'send')->{status}, 200, '... and is sent');
is(scalar($office->boxes()), 8, '... and stored');


# S-52 keys

sub refused {
    my ($what, $status, $outcome) = @_;

    my $seen = counters()->{requests}{alive}{$outcome};

    $office->clear();
    $p = walk('alive', answers('alive'));
    later();
    $p = form('alive', $p, go => 'send');

    is($p->{status}, $status, "$what: refused");
    like($p->{text}, qr/\Q$phone\E/, '... says whom to call');
    like($p->{body}, qr/value="send"/, '... and has a button to try again');
    is($p->{headers}{'retry-after'}, $status == 429 ? 60 : 120,
        '... and when');
    is(scalar($office->lists()), 0, '... nothing is stored');
    is(counters()->{requests}{alive}{$outcome}, $seen + 1, '... and counted');

    return $p;
}

$office->publish(sign => JSON::PP::false);
my (undef, $warned) = $t->command($t->{binary}, '-t', '-p',
    $t->testdir() . '/', '-c', $t->testdir() . '/nginx.conf', '-e', 'stderr');
like($warned, qr/trust\.json: 1 inbox keys? of the society "northland"/,
    'S-52 nginx -t warns of a wrong signature');
like($warned, qr/test is successful/, '... and no more');
like(($rfl->ctl('check', $t->write_file('none.ndjson', '')))[1],
    qr/1 inbox keys of the society "northland" are not signed/,
    '... and so does rflctl check');
$t->reload();
my $kept = refused('S-52 wrongly signed', 503, 'nokey');

$office->publish(days => [ -20, -10 ]);
$t->reload();
refused('S-52 expired', 503, 'nokey');

$office->publish(change => sub {
    $_[0]{inbox_keys}[0]{retired} = JSON::PP::true });
$t->reload();
refused('S-52 retired', 503, 'nokey');

$office->publish(change => sub { delete $_[0]{inbox_keys} });
$t->reload();
refused('S-52 none', 503, 'nokey');

$office->publish();
$t->reload();
$p = form('alive', $kept, go => 'send');
is($p->{status}, 200, 'S-52 control: with a good key "try again" sends it');
is(($office->opened())[0]{answers}{name}, 'Zarquela Vostrikane',
    '... all of it');


# the quota

$rfl->{opt}{http} .= 'rfl_inbox_quota 3;';
$rfl->conf();
$t->reload();
later(3600);
$office->clear();

for (1 .. 3) {
    $p = walk('alive', answers('alive'));
    later();
    form('alive', $p, go => 'send');
}

is(scalar($office->boxes()), 3, 'a quota of three');
$kept = refused('the fourth in an hour', 429, 'quota');
later(3600);
is(form('alive', $kept, go => 'send')->{status}, 200, '... and in the next');
is(scalar($office->boxes()), 1, '... it is stored');

# codes that go with nothing have one of their own

sub give_code {
    my $digit = shift;
    my $given = form('withdraw', form('withdraw'), wish => 'hide',
        code => '0' x 15 . $digit x 2);

    later();

    return form('withdraw', $given, go => 'send')->{status};
}

later(3600);
$office->clear();
is(join(' ', map { give_code($_) } 1 .. 5), '200 200 200 429 429',
    'as many codes as that in an hour');
is(scalar(map { @{$rfl->{inbox}->cmd('LRANGE', $_, 0, -1)} }
          @{$rfl->{inbox}->cmd('KEYS', 'in:hide:*')}), 3, '... are stored');
$p = walk('alive', answers('alive'));
later();
is(form('alive', $p, go => 'send')->{status}, 200,
    '... and submissions are not in their way');


# the way out

$p = parse(http_get('/exit'));
is($p->{status}, 303, 'the way out');
is($p->{headers}{location}, 'https://weather.example/', '... leads away');
is($p->{headers}{'clear-site-data'}, '"cache", "cookies", "storage"',
    '... and clears');
is($p->{headers}{'referrer-policy'}, 'no-referrer', '... without a referrer');
is($p->{headers}{'cache-control'}, 'no-store', '... and is not kept');
like(parse(http_get('/en/'))->{body}, qr{href="/exit"}, '... is on the pages');
is(parse(http_post('/exit', {}))->{status}, 405, '... is a link');


# names for clients

sub client {
    my ($address) = @_;

    http_get('/robots.txt', 'X-Real-IP' => $address);

    return (split /\n/, $t->read_file('logs/who.log'))[-1];
}

my $client = client('203.0.113.77');
like($client, qr/^[0-9a-f]{16}$/, '$rfl_client');
is(client('203.0.113.77'), $client, '... is the same for a while');
isnt(client('203.0.113.78'), $client, '... another for another');
is(client('2001:db8:1:2::1'), client('2001:db8:1:2:ffff::9'),
    '... one for a /64');
isnt(client('2001:db8:1:2::1'), client('2001:db8:1:3::1'), '... of IPv6');
$t->reload();
is(client('203.0.113.77'), $client, '... after a reload');
later(86400);
isnt(client('203.0.113.77'), $client, '... and tomorrow it is another');


# without an inbox

$rfl->{opt}{http} = '';
$rfl->{opt}{conf} = "rfl_inbox off;\nrfl_hide off;\n";
$rfl->conf();
$t->reload();

is(parse(http_get('/exit'))->{status}, 404, 'no way out by default');
is(parse(http_get('/en/withdraw'))->{status}, 404, 'no inbox: no form');
is(parse(http_get('/en/message'))->{status}, 404, '... nor this');
is(parse(http_post('/en/alive', {}))->{status}, 405, '... nor that');
$p = page(http_get('/en/alive'));
is($p->{status}, 200, '... but a page that says what to do');
unlike($p->{body}, qr{action="/en/alive"}, '... without a button');
is(page(search(name => 'Zarquela Vostrikane'))->{entry}, undef,
    '... and results without a token');

$t->done();
