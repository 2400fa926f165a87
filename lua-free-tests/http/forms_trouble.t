#!/usr/bin/perl

# Copyright (C) The RFL authors

# Forms among several workers, and among visitors and robots who do not keep
# to the order of things: the same form sent to three workers at once, also
# over HTTP/2; a worker that dies while it stores; several POSTs in one
# piece; headers without end; a form of another site, about another entry;
# a reload, a new binary.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Time::HiRes qw(sleep time);

use FakeRESP;
use Test::RFL;
use Test::RFL::Forms;


my $t = Test::RFL->new()->needs('module', 'keyd', 'rflctl')
    ->has('http_v2')->has_command('curl');

$t->{worker_processes} = 3;

my $rfl = $t->rfl_up(
    lines => [ { id => 'one', kind => 'looking',
                 names => [ 'Zarquela Vostrikane' ] },
               { id => 'two', kind => 'alive',
                 names => [ 'Boris Abendroth' ] } ],
    log => 'info',
    http => "rfl_timeout 4s;\nrfl_deadline 4s;\nlog_format pid '\$pid \$status';\n",
    conf => "listen 127.0.0.1:8081 reuseport;\n"
            . "listen 127.0.0.1:8082 http2;\n"
            . "access_log $t->{testdir}/logs/pid.log pid;\n");

my $office = office($rfl);
$t->reload();

my $phone = '+00 12 345 67 89';
my $type = 'application/x-www-form-urlencoded';


# check pages that are old enough

sub ready {
    my ($n, $form, @more) = @_;

    my @ready = map { walk($form, answers($form), @more) } 1 .. $n;

    sleep 2.1;

    return @ready;
}

my @ready = ready(8, 'alive');

sub post_of {
    my ($form, $p, %fields) = @_;

    $fields{state} = $p->{state};
    my $body = join '&', map { "$_=$fields{$_}" } sort keys %fields;

    return "POST /en/$form HTTP/1.1\r\nHost: x\r\nContent-Type: $type\r\n"
        . 'Content-Length: ' . length($body) . "\r\n\r\n$body";
}


# twelve at once, to all workers, while the inbox takes its time

my $p = shift @ready;

my $before = () = $t->read_file('logs/pid.log') =~ /\n/g;

$rfl->{inbox}->pause();
my @sent = map { form('alive', $p, go => 'send', port => 8081, start => 1) }
    1 .. 12;
sleep 0.3;
$rfl->{inbox}->cont();
@sent = map { page(http_end($_)) } @sent;

# a worker may write its line after its answer

sub lines { return split /\n/, $t->read_file('logs/pid.log') }

$t->wait_for(sub { lines() >= $before + 12 }, 20);

my %pids = map { /^(\d+) 200$/ ? ($1 => 1) : () }
    (lines())[$before .. $before + 11];

cmp_ok(scalar keys %pids, '>', 1, 'several workers were asked');
is(scalar(grep { $_->{status} == 200 } @sent), 12, '... all answer');
is(scalar(grep { $_->{text} eq $sent[0]{text} } @sent), 12, '... the same');
is(scalar($office->boxes()), 1, '... and it is stored once');


# HTTP/2: six streams of one connection

$p = shift @ready;
$t->write_file('body', "state=$p->{state}&go=send");
my $url = 'http://127.0.0.1:' . port(8082) . '/en/alive';
my ($rc, $out) = $t->command('curl', '-sS', '--http2-prior-knowledge',
    '--parallel', '--parallel-immediate', '--data', "\@$t->{testdir}/body",
    ('-w', "<!-- %{http_version} %{http_code} -->\n") , ($url) x 6);

is(scalar(() = $out =~ /<!-- 2 200 -->/g), 6, 'HTTP/2: six at once')
    or diag($out);
my %references = map { $_ => 1 } $out =~ /\b(\d{4} \d{4} \d{4} \d{4})\b/g;
is(scalar keys %references, 1, '... one reference');
is(scalar($office->boxes()), 2, '... and it is stored once');
unlink "$t->{testdir}/body";


# the worker dies that was about to store it: the id is free again soon

$p = shift @ready;
$t->expect(qr/worker process \d+ exited on signal 9/);

my $fake = FakeRESP->new($t, $rfl->{inbox}{sock});
$t->reload();

$fake->does('silent', only => 'RPUSH');
my $s = form('alive', $p, go => 'send', start => 1);
$t->wait_for(sub { $fake->told(qr/^RPUSH/) }, 20)
    or die "inbox Redis is not asked\n";
kill 'KILL', $t->workers();
is(http_end($s), '', 'a worker dies while it stores: no answer');
$fake->does('pass');

my $start = time();
my $again;
$t->wait_for(sub {
    $again = form('alive', $p, go => 'send');
    return $again->{status} == 200;
}, 30);

is($again->{status}, 200, '... sent again, it is stored');
cmp_ok(time() - $start, '<', 20, '... when the time to store it is over');
is(form('alive', $p, go => 'send')->{text}, $again->{text}, '... and known');

# it was stored already: the desk knows it by its id

my %ids = map { $_->{id} => 1 } $office->opened();
is(scalar keys %ids, 3, '... under one id');
$office->clear();

$fake->end();
$t->reload();


# three POSTs in one piece, on a connection that stays open

$p = form('looking');
my ($next) = shift @ready;

my $answer = http(
    post_of('looking', $p, name => 'Zarquela+Pipeline')
    . post_of('alive', $next, go => 'send')
    . (post_of('looking', $p) =~ s/\r\n/\r\nConnection: close\r\n/r));

my @answers = split /(?=HTTP\/1\.1 )/, $answer;

is(scalar @answers, 3, 'three POSTs in one piece: three answers');
like($answers[0], qr/name="birth_year"/, '... the first its next step');
like($answers[1], qr/\b\d{4} \d{4} \d{4} \d{4}\b/,
    '... the second a reference');
like($answers[2], qr/<title>Error: /, '... the third its fault');
unlike($answers[1] . $answers[2], qr/Pipeline/,
    '... and nothing of one in another');
is(scalar($office->boxes()), 1, '... and one is stored');


# headers without end

$answer = parse(http("POST /en/alive HTTP/1.1\r\nHost: x\r\n"
    . 'X-Long: ' . 'Vostrikane' x 5000 . "\r\n\r\nstate=$next->{state}"));
is($answer->{status}, 400, 'a header of 50 KB is refused');
unlike($answer->{body}, qr/Vostrikane/, '... and not given back');

$answer = parse(http("POST /en/alive HTTP/1.1\r\nHost: x\r\n"
    . join('', map { "X-Many-$_: Vostrikane\r\n" } 1 .. 3000) . "\r\n"));
is($answer->{status}, 400, '3,000 headers are refused');

is(form('alive')->{status}, 200, '... and the next visitor is served');


# a form about one entry, and the token of another

sub token {
    return page(search(name => $_[0]))->{entry};
}

my ($one, $two) = (token('Zarquela Vostrikane'), token('Boris Abendroth'));

$office->clear();
($p) = ready(1, 'message', entry => $one);
like($p->{html}, qr/Zarquela Vostrikane/, 'a message about an entry');
$p = form('message', { state => $p->{state}, entry => $two }, go => 'send');
is($p->{status}, 200, '... sent with the token of another');
unlike($p->{html}, qr/Boris Abendroth/, '... does not show that one');

my ($message) = $office->opened();
isnt($message->{ref}, undef, '... goes to the office');

($p) = ready(1, 'message', entry => $two);
form('message', $p, go => 'send');
isnt(($office->opened())[1]{ref}, $message->{ref},
    '... about the entry that it began with');


# another site of the same house: what is not about an entry goes to the
# society of the site where it was sent

my $json = JSON::PP->new->utf8;
my $trust = $json->decode($rfl->{trust});
my ($mine) = grep { $_->{id} eq 'northland' } @{$trust->{societies}};
$rfl->{trust} = $json->encode({ %$trust, societies => [
    $mine, { %$mine, id => 'southland', inbox_keys => [] } ] });
$office->publish();

$rfl->{opt}{conf} .= "location / { rfl_site; }\n}\nserver {\n"
    . "listen 127.0.0.1:8083;\nrfl_society southland;\n";
$rfl->{opt}{locations} = "location / { rfl_site; }\n";
$rfl->conf();
$t->reload();

$office->clear();
$p = shift @ready;
is(form('alive', $p, go => 'send', port => 8083)->{status}, 503,
    'a form of northland, sent to southland, which has no key');
is(scalar($office->lists()), 0, '... is not stored for northland');
is(form('alive', $p, go => 'send')->{status}, 200,
    '... control: sent where it began');
is(scalar($office->boxes()), 1, '... it is');


# a reload keeps the key, a new binary does not

$p = shift @ready;
$t->reload();
is(form('alive', $p, go => 'send')->{status}, 200,
    'a form from before a reload is sent');
is(scalar($office->boxes()), 2, '... and stored');

$p = shift @ready;
$t->upgrade();

$p = form('alive', $p, go => 'send');
is($p->{status}, 400, 'a form from before a new binary is not');
like($p->{text}, qr/\Q$phone\E/, '... and says whom to call');
is(scalar($office->boxes()), 2, '... nothing is stored');
is(form('looking', form('looking'), name => 'Zarquela')->{status}, 200,
    '... new ones are');


my $logs = join '', map { $t->read_file($_) } glob $t->testdir() . '/logs/*';

unlike($logs, qr/Zarquela|79 555|Pipeline/, 'nothing of it in a log');
like($logs, qr/signal 9/, '... control: the log tells of the worker');

$t->done();
