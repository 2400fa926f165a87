package Test::RFL::HTTP;

# Copyright (C) The RFL authors

# Requests to the nginx of the newest Test::RFL, and what it answers.
#
#     http(request, %opt)       sends bytes, returns the whole answer:
#                               port => n, timeout => s, start => 1 (returns
#                               the socket), socket => $s (goes on with it)
#     http_get(uri, %headers)   also http_head()
#     http_post(uri, body, %headers)    body: text, or a hash (a form)
#     http_end(socket)          reads until the end
#     urlencode(text)           as a value of a form
#     parse(answer)             { status, headers, body }: names of headers
#                               in lower case, several joined by ", "
#     api(%question)            POST /api/v1/search: (status, decoded, raw)
#     api_status(%question)     its status alone
#     api_found(%question)      its number of results, or "status 503"
#     counters()                what /status says, decoded
#     search(%fields)           POST of the search form, lang => 'en': answer

use strict;
use warnings;
use utf8;

use base 'Exporter';

use Encode qw(encode_utf8 is_utf8);
use Errno qw(EINTR);
use IO::Select;
use IO::Socket::INET;
use JSON::PP ();
use Test::More import => [ 'diag' ];
use Time::HiRes qw(time);


our @EXPORT = qw(
    http http_get http_head http_post http_end urlencode parse api api_status
    api_found counters search
);

my $json = JSON::PP->new->utf8->canonical;


sub http {
    my ($request, %opt) = @_;

    my $timeout = $opt{timeout} || 30;

    my $s = $opt{socket} || IO::Socket::INET->new(Proto => 'tcp',
        PeerAddr => '127.0.0.1:' . Test::RFL::port($opt{port} || 8080),
        Timeout => $timeout);

    if (!$s) {
        diag("cannot connect: $!");
        return '';
    }

    $s->autoflush(1);
    binmode $s;

    $request = encode_utf8($request) if is_utf8($request);

    _say('>> ', $request);

    my $written = 0;

    while ($written < length $request) {
        my $n = syswrite $s, $request, length($request) - $written, $written;

        last if !defined $n;
        $written += $n;
    }

    return $s if $opt{start};

    return http_end($s, timeout => $timeout);
}


sub http_end {
    my ($s, %opt) = @_;

    my $end = time() + ($opt{timeout} || 30);
    my $select = IO::Select->new($s);
    my $answer = '';

    while ($select->can_read($end - time() > 0 ? $end - time() : 0)) {
        my $n = sysread $s, $answer, 65536, length $answer;

        next if !defined $n && $! == EINTR;
        last if !$n;
    }

    _say('<< ', $answer);

    return $answer;
}


sub _say {
    my ($prefix, $text) = @_;

    return if !$ENV{TEST_RFL_VERBOSE};

    $text =~ s/\r//g;
    $text =~ s/^/# $prefix/mg;
    print STDERR "$text\n";
}


sub _request {
    my ($method, $uri, $body, %headers) = @_;

    my %opt;

    for my $name (qw(port timeout start socket)) {
        $opt{$name} = delete $headers{$name} if exists $headers{$name};
    }

    my %all = ('Host' => 'localhost', 'Connection' => 'close', %headers);

    $all{'Content-Length'} //= length $body if defined $body;

    my $request = "$method $uri HTTP/1.1\r\n"
        . join('', map { defined $all{$_} ? "$_: $all{$_}\r\n" : () }
               sort keys %all)
        . "\r\n" . ($body // '');

    return http($request, %opt);
}


sub http_get {
    my ($uri, %headers) = @_;

    return _request('GET', $uri, undef, %headers);
}


sub http_head {
    my ($uri, %headers) = @_;

    return _request('HEAD', $uri, undef, %headers);
}


sub http_post {
    my ($uri, $body, %headers) = @_;

    if (ref $body) {
        $headers{'Content-Type'} //= 'application/x-www-form-urlencoded';
        $body = join '&', map { urlencode($_) . '=' . urlencode($body->{$_}) }
            sort keys %$body;
    }

    $body = encode_utf8($body) if is_utf8($body);

    return _request('POST', $uri, $body, %headers);
}


sub urlencode {
    my $text = shift;

    $text = encode_utf8($text) if is_utf8($text);
    $text =~ s/([^A-Za-z0-9_.~-])/sprintf '%%%02X', ord $1/ge;

    return $text;
}


sub parse {
    my $answer = shift;

    my ($head, $body) = split /\r\n\r\n/, $answer, 2;
    my ($line, @headers) = split /\r\n/, $head // '';
    my %headers;

    for my $header (@headers) {
        my ($name, $value) = split /:\s*/, $header, 2;

        $name = lc $name;
        $headers{$name} = exists $headers{$name} ? "$headers{$name}, $value"
                                                 : $value;
    }

    $body //= '';

    if (($headers{'transfer-encoding'} // '') eq 'chunked') {
        my $whole = '';

        while ($body =~ /\G([0-9a-f]+)[^\r\n]*\r\n/gci) {
            my $n = hex $1 or last;
            $whole .= substr $body, pos $body, $n;
            pos($body) += $n + 2;
        }

        $body = $whole;
    }

    my ($status) = ($line // '') =~ m{^HTTP/1\.[01] (\d+)};

    return { status => $status // 0, headers => \%headers, body => $body };
}


sub api {
    my (%question) = @_;

    my %headers;

    for my $name (qw(port timeout start socket)) {
        $headers{$name} = delete $question{$name} if exists $question{$name};
    }

    my $raw = http_post('/api/v1/search', $json->encode(\%question),
        'Content-Type' => 'application/json', %headers);

    return $raw if $headers{start};

    my $answer = parse($raw);

    return ($answer->{status}, eval { $json->decode($answer->{body}) }, $raw);
}


sub api_status { (api(@_))[0] // 0 }


# how many results, or what was answered instead

sub api_found {
    my ($status, $answer) = api(@_);

    return ($status // 0) == 200 ? scalar @{$answer->{results}}
                                 : 'status ' . ($status // 0);
}


sub counters { $json->decode(parse(http_get('/status'))->{body}) }


sub search {
    my (%fields) = @_;

    my $lang = delete $fields{lang} || 'en';
    my %headers;

    for my $name (qw(port timeout start socket)) {
        $headers{$name} = delete $fields{$name} if exists $fields{$name};
    }

    return http_post("/$lang/search", \%fields, %headers);
}


1;
