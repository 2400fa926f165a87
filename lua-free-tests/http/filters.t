#!/usr/bin/perl

# Copyright (C) The RFL authors

# What other modules of nginx do with a page of ours: something is put before
# and behind it, words of it are replaced, subrequests fetch it or decide about
# it.  Such a page is sent later than it was made, from memory that is wiped.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use Test::RFL;


my $t = Test::RFL->new()->has('http_addition', 'http_auth_request',
                              'http_sub');

my $rfl = $t->rfl_up(entries => 3, conf => <<'EOF');

        location = /before { default_type text/html; return 200 BEFORE; }
        location = /behind { default_type text/html; return 200 BEHIND; }
        location = /allowed { return 204; }
        location = /nothing { return 200; }

        location = /ssi {
            ssi on;
            default_type text/html;
            return 200 '<p><!--# include virtual="/en/privacy" --></p>';
        }

        location /around/ {
            rfl_site;
            add_before_body /before;
            add_after_body /behind;
        }

        location /round/ {
            rfl_site;
            add_before_body /en/privacy;
        }

        location /words/ {
            rfl_site;
            sub_filter '</html>' '<!-- END --></html>';
            sub_filter_once off;
        }

        location /asked/ {
            rfl_site;
            auth_request /allowed;
            mirror /nothing;
        }

        location /passed/ {
            mirror /en/search;
            proxy_pass http://127.0.0.1:8080/;
        }

        location /turned/to/nothing/ {
            rewrite ^ /x break;
            rfl_site;
        }

        location /slow/ {
            rfl_site;
            add_before_body /before;
            limit_rate 200k;
        }
EOF

my $name = $rfl->{entries}[0]{names}[0]{full};

utf8::encode($name) if utf8::is_utf8($name);

my $whole = qr/<!doctype html>.*<\/html>\s*$/is;


# HTTP/1.0: an answer whose length is not known comes without chunks

sub body { parse(http("$_[0] HTTP/1.0\r\nHost: localhost\r\n$_[1]"))->{body} }
sub page { body("GET /$_[0]/en/$_[1]", "\r\n") }

sub asked {
    my $form = 'name=' . urlencode($name);

    return body("POST /$_[0]/en/search",
        "Content-Type: application/x-www-form-urlencoded\r\n"
        . 'Content-Length: ' . length($form) . "\r\n\r\n$form");
}


# before and behind

for my $place ('around', 'slow') {
    for my $answer (page($place, ''), page($place, 'privacy'), asked($place)) {
        like($answer, qr/^BEFORE\s*<!doctype html>.*<\/html>/is,
            "$place: what was put before, and the page");
        unlike($answer, qr/\0/, "$place: nothing that was wiped");
    }
}

like(asked('around'), qr/\Q$name\E.*<\/html>\s*BEHIND$/s,
    'a result, and what was put behind it');

is(() = page('round', '') =~ /<\/html>/g, 2, 'a page of ours before a page');


# two at once, on a connection that stays

my $get = "GET /around/en/ HTTP/1.1\r\nHost: localhost\r\n";
my $answer = http("$get\r\n${get}Connection: close\r\n\r\n");

is(() = $answer =~ /BEFORE\s+[0-9a-f]+\s+<!doctype html>/gi, 2,
    'two pages in one packet');
is(() = $answer =~ /BEHIND/g, 2, 'and what is behind both');


# words replaced, and pages that are part of another

like(page('words', ''), qr/<!-- END --><\/html>\s*$/, 'words are replaced');
like(asked('words'), qr/\Q$name\E.*<!-- END --><\/html>\s*$/s,
    'so they are in a result');

like(body('GET /ssi', "\r\n"), qr/^<p>\s*<!doctype html>.*<\/html>\s*<\/p>$/is,
    'a page in a page');


# who asks another location first, or tells it

like(page('asked', ''), $whole, 'allowed by a subrequest');
like(asked('asked'), qr/\Q$name\E/, 'so is a search, which is told of');
like(asked('passed'), qr/\Q$name\E/, 'who is told of a search leaves its body');


# an address that was made shorter than that of its location

is(parse(http_get('/turned/to/nothing/en/'))->{status}, 404,
    'an address that is not below its location any more');


# HEAD of all these

for my $place ('around', 'round', 'words', 'asked', 'slow') {
    like(http_head("/$place/en/"), qr/^HTTP\/1\.\d 200 .*\r\n\r\n$/s,
        "$place: HEAD has no body");
}

$t->done();
