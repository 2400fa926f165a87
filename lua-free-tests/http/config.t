#!/usr/bin/perl

# Copyright (C) The RFL authors

# What "nginx -t" says to faults that were planted, one at a time, in
# directives, policy, trust file, templates and words: the exact message, the
# file and line of the fault, and the line of nginx.conf that led there.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use File::Path qw(make_path remove_tree);

use Test::RFL;
use Test::RFL::Site;


my $t = Test::RFL->new();

$t->needs('module');
$t->{pages} = $t->top() . '/pages';

my $dir = $t->testdir();
my $faults = 0;


sub nginx {
    my (%opt) = @_;

    site_files($t);
    remove_tree("$dir/theme", "$dir/po", "$dir/pages");

    my %set = %{ $opt{set} || {} };

    for my $kind (qw(theme po)) {
        next if !$opt{$kind};

        mkdir "$dir/$kind";
        $set{"rfl_$kind"} //= "$dir/$kind";
        $t->write_file("$kind/$_", $opt{$kind}{$_}) for keys %{$opt{$kind}};
    }

    # a copy of the package's pages, with a file changed or removed

    if ($opt{pages}) {
        system('cp', '-r', $t->top() . '/pages', "$dir/pages");
        $set{rfl_pages} = "$dir/pages";

        for my $name (keys %{$opt{pages}}) {
            my $change = $opt{pages}{$name};

            if (!defined $change) {
                unlink "$dir/pages/$name";
                next;
            }

            my $text = $t->read_file("pages/$name");
            $change->() for $text;
            $t->write_file("pages/$name", $text);
        }
    }

    for my $name (keys %{ $opt{file} || {} }) {
        my $change = $opt{file}{$name};
        my $text = $t->read_file($name);

        if (!defined $change) {
            unlink "$dir/$name";
            next;
        }

        if (ref $change) {
            $change->() for $text;

        } else {
            $text = $change;
        }

        $t->write_file($name, $text);
    }

    chmod $opt{mode}, "$dir/password" if $opt{mode};

    my ($rc, $out) = $t->nginx_test(site_conf($t, %opt, set => \%set));

    return ($rc, $out, $t->read_file('test.conf'));
}


# at: the directive that is blamed, with its line; expected: the message

sub fault {
    my ($name, $at, $expected, %opt) = @_;

    my ($rc, $out, $conf) = nginx(%opt);

    my ($got) = $out =~ /\[emerg\] (?:\d+#\d+: )?(.*)$/m;
    my ($before) = $conf =~ /\A(.*?)^[^\n]*\Q$at\E/ms;
    my $line = 1 + (($before // '') =~ tr/\n//);

    $got //= $out;
    $expected =~ s/%%TESTDIR%%/$dir/g;
    $expected =~ s/%%PAGES%%/$t->{pages}/g;

    is($got, "$expected in $dir/test.conf:$line", $name);
    fail("$name, exit status") if $rc == 0;

    if ($ENV{TEST_RFL_RECORD}) {
        $got =~ s/ in \Q$dir\E\/test.conf:\d+$//;
        $got =~ s/\Q$dir\E/%%TESTDIR%%/g;
        $got =~ s/\Q$t->{pages}\E/%%PAGES%%/g;
        print STDERR "$name\n    $got\n";
    }

    $faults++;
}


sub fine {
    my ($name, %opt) = @_;

    my ($rc, $out) = nginx(%opt);

    is($rc, 0, $name) or diag($out);
    unlike($out, qr/\[(warn|error|crit|alert|emerg)\]/, "$name, quietly");
}


# without Redis, rfl-keyd, or anything else that runs

fine('the sample site, with nothing behind it');
fine('all directives', set => {
    rfl_languages => 'fr ar en',
    rfl_default_language => 'ar',
    rfl_countries => 'SY UA SO',
    rfl_site_name => '"Family Links, Northland"',
    rfl_accent => '"#7a1f1f"',
    rfl_timeout => '300ms',
    rfl_deadline => '1s',
    rfl_body_timeout => '5s',
    rfl_max_results => 5,
    rfl_verify_cache => '1m',
});
fine('inherited and cancelled', set => {
    rfl_theme => '%%TESTDIR%%', rfl_po => 'off', rfl_countries => 'off',
}, locations => '
    rfl_theme off;
    location / { rfl_site; rfl_languages en; rfl_timeout 1s; }
    location /rfl/ { rfl_site; }
    location = /api/v1/search { rfl_api; rfl_max_results 3; }
    location /none/ { rfl_index off; rfl_keyd off; rfl_policy off;
                      rfl_trust off; }
    location = /a { rfl_status prometheus; }
    location = /b { rfl_status json; }
');
fine('a theme of one partial, a sentence, a logo and some colours',
    theme => {
        'brand.html' => '<b>{{site_name}}</b>',
        'logo.svg' => '<svg xmlns="http://www.w3.org/2000/svg"/>',
        'custom.css' => 'body { color: #000 }',
        'README' => 'not a template',
    },
    po => { 'fr.po' => "msgctxt \"form.go\"\nmsgid \"Search\"\n"
        . "msgstr \"Chercher\"\n" });

fine('files with the mark that editors of Windows put before UTF-8',
    theme => { 'brand.html' => "\xef\xbb\xbf<b>{{site_name}}</b>",
               'custom.css' => "\xef\xbb\xbfh1 { color: #600 }" });

# a language that the package does not have: every message, as a translator
# begins, in a file of the site's own

my $whole = slurp($t->top() . '/pages/po/en.po')
            =~ s/^(msgid ((?:".*"\n)+))msgstr ""\n(?!")/$1msgstr $2/mgr
            =~ s/Language: en/Language: so/r;

fine('a language of the site', set => { rfl_languages => 'en so' },
    po => { 'so.po' => $whole });
fault("a site's language, a message missing", 'rfl_site;',
    expected("a site's language, a message missing"),
    set => { rfl_languages => 'en so' },
    po => { 'so.po' => $whole =~ s/msgctxt "form.go"\n.*\n.*\n//r });

my (undef, $warned) = nginx(po => {
    'fr_FR.po' => "msgctxt \"form.go\"\nmsgid \"Search\"\nmsgstr \"a\"\n" });

like($warned, qr{\[warn\] .*/po/fr_FR\.po is not read: name it after one },
    'a file of words that nobody reads');


# directives

for my $case (
    [ 'index, no socket', rfl_index => '127.0.0.1:6379 user=a '
        . 'password_file=%%TESTDIR%%/password' ],
    [ 'index, no user', rfl_index => 'unix:%%TESTDIR%%/a password_file='
        . '%%TESTDIR%%/password' ],
    [ 'index, no password', rfl_index => 'unix:%%TESTDIR%%/a user=a' ],
    [ 'index, password on the line', rfl_index =>
        'unix:%%TESTDIR%%/a user=a password=x' ],
    [ 'index, no such file', rfl_index => 'unix:%%TESTDIR%%/a user=a '
        . 'password_file=%%TESTDIR%%/none' ],
    [ 'index, a long path', rfl_index => 'unix:/' . 'x' x 120 . ' user=a '
        . 'password_file=%%TESTDIR%%/password' ],
    [ 'keyd, no socket', rfl_keyd => 'localhost:7000' ],
    [ 'policy, no such file', rfl_policy => '%%TESTDIR%%/none.json' ],
    [ 'policy, a directory', rfl_policy => '%%TESTDIR%%' ],
    [ 'trust, no such file', rfl_trust => '%%TESTDIR%%/none.json' ],
    [ 'pages, no such directory', rfl_pages => '%%TESTDIR%%/none' ],
    [ 'theme, a file', rfl_theme => '%%TESTDIR%%/trust.json' ],
    [ 'po, no such directory', rfl_po => '%%TESTDIR%%/none' ],
    [ 'languages, a path', rfl_languages => 'en ../fr' ],
    [ 'languages, twice', rfl_languages => 'en fr en' ],
    [ 'countries, no such code', rfl_countries => 'SY XX' ],
    [ 'countries, small letters', rfl_countries => 'sy' ],
    [ 'countries, twice', rfl_countries => 'SY UA SY' ],
    [ 'accent, a word', rfl_accent => 'red' ],
    [ 'accent, three digits', rfl_accent => '"#a00"' ],
    [ 'accent, too light', rfl_accent => '"#ee6666"' ],
    [ 'accent, two', rfl_accent => '"#7a1f1f" "#0b5c7a"' ],
    [ 'site name, empty', rfl_site_name => '""' ],
    [ 'site name, a tab', rfl_site_name => "\"a\tb\"" ],
    [ 'timeout, a word', rfl_timeout => 'soon' ],
    [ 'timeout, none', rfl_timeout => '0' ],
    [ 'body timeout, none', rfl_body_timeout => '0' ],
    [ 'max results, 0', rfl_max_results => '0' ],
    [ 'max results, 11', rfl_max_results => '11' ],
    [ 'verify cache, a word', rfl_verify_cache => 'big' ],
) {
    my ($name, $directive, $value) = @$case;

    fault($name, "    $directive ", expected($name),
        set => { $directive => $value });
}

fault('society, none', 'rfl_site;', expected('society, none'),
    set => { rfl_society => undef });
fault('society, a stranger', 'rfl_site;', expected('society, a stranger'),
    set => { rfl_society => 'southland' });
fault('default language, not offered', 'rfl_site;',
    expected('default language, not offered'),
    set => { rfl_languages => 'en fr', rfl_default_language => 'ar' });
fault('language without words', 'rfl_site;',
    expected('language without words'), set => { rfl_languages => 'en xx' });
fault('deadline before timeout', 'rfl_site;',
    expected('deadline before timeout'),
    set => { rfl_timeout => '2s', rfl_deadline => '1s' });

for my $directive (qw(rfl_index rfl_keyd rfl_policy rfl_trust)) {
    fault("site without $directive", 'rfl_site;',
        expected("site without $directive"), set => { $directive => 'off' });
}

fault('API without rfl_keyd', 'rfl_api;', expected('API without rfl_keyd'),
    set => { rfl_keyd => 'off' },
    locations => 'location /api/ { rfl_api; }');

fault('password that others may read', '    rfl_index ',
    expected('password that others may read'), mode => 0644);
fault('policy, a byte order mark', '    rfl_policy ',
    expected('policy, a byte order mark'),
    file => { 'policy.json' => "\xef\xbb\xbf{}" });
fault('password, empty', '    rfl_index ', expected('password, empty'),
    file => { 'password' => '' });

for my $case (
    [ 'site, no slash', 'location /rfl { rfl_site; }', 'location /rfl {' ],
    [ 'site, exact', 'location = / { rfl_site; }', 'location = / {' ],
    [ 'site, regex', 'location ~ ^/ { rfl_site; }', 'location ~ ^/ {' ],
    [ 'site, named', 'location @x { rfl_site; }', 'location @x {' ],
    [ 'site and API in one', 'location / { rfl_site; rfl_api; }', 'rfl_api' ],
    [ 'site and a proxy', "location / {\n rfl_site;\n"
        . " proxy_pass http://127.0.0.1; }", 'rfl_site' ],
    [ 'site twice', 'location / { rfl_site; rfl_site; }', 'rfl_site' ],
    [ 'site in the server', 'rfl_site;', 'rfl_site' ],
    [ 'status, a format', 'location = /s { rfl_status xml; }', 'rfl_status' ],
    [ 'index twice', 'location / { rfl_keyd off; rfl_keyd off; rfl_site; }',
      'rfl_keyd off' ],
    [ 'site with an argument', 'location / { rfl_site on; }', 'rfl_site' ],
) {
    my ($name, $locations, $at) = @$case;

    fault($name, $at, expected($name), locations => $locations);
}


# policy and trust file

for my $case (
    [ 'policy, empty', policy => sub { $_ = '' } ],
    [ 'policy, a comma too many', policy => sub { s/180\},/180},,/ } ],
    [ 'policy, unknown member', policy => sub { s/"show"/"shows"/ } ],
    [ 'policy, a member twice', policy =>
        sub { s/"max_days": 90/"max_days": 90, "max_days": 91/ } ],
    [ 'policy, no version', policy => sub { s/"version": 1,// } ],
    [ 'policy, version 0', policy => sub { s/"version": 1/"version": 0/ } ],
    [ 'policy, no events', policy => sub { $_ = '{"version":1,"events":[]}' } ],
    [ 'policy, an event twice', policy => sub { s/quake/flood/ } ],
    [ 'policy, a bad id', policy => sub { s/"quake"/"Quake 1"/ } ],
    [ 'policy, shows what nobody may', policy => sub { s/"sex"/"phone"/ } ],
    [ 'policy, a bad gate', policy =>
        sub { s/"max_days": 90/"max_days": 90, "gate": "open"/ } ],
    [ 'policy, days without end', policy => sub { s/90/99999/ } ],
    [ 'policy, no name', policy => sub { s/"names": \{"en": "E\w+"\}, // } ],
    [ 'trust, unknown member', trust => sub { s/"url"/"uri"/ } ],
    [ 'trust, a phone of letters', trust => sub { s/\+00 12/call us/ } ],
    [ 'trust, no phone', trust => sub { s/"phone": "[^"]*",// } ],
    [ 'trust, http', trust => sub { s/https:/http:/ } ],
    [ 'trust, a bad key', trust => sub {
        s/\[\]/[{"public":"AAAA","not_before":"2026-01-01",
            "not_after":"2026-12-31"}]/ } ],
    [ 'trust, a day that is none', trust => sub {
        s/"keys"/"not_after": "2026-02-30",\n"keys"/ } ],
    [ 'trust, not UTF-8', trust => sub { s/Harbour/Harb\xf6ur/ } ],
    [ 'policy, the trust file', policy => sub { $_ = '{"societies": []}' } ],
    [ 'trust, the policy', trust => sub { $_ = '{"events": []}' } ],
) {
    my ($name, $file, $change) = @$case;

    fault($name, "    rfl_$file ", expected($name),
        file => { "$file.json" => $change });
}


# templates of a theme

for my $case (
    [ 'template, a tag not closed', "<p>\n{{site_name</p>" ],
    [ 'template, unknown name', "<p>\n{{sitename}}</p>" ],
    [ 'template, unknown message', "<p>{{t.no.such}}</p>" ],
    [ 'template, too few arguments', "<p>{{t.site.retry}}</p>" ],
    [ 'template, unknown partial', "<p>{{>none}}</p>" ],
    [ 'template, itself', "<p>{{>brand}}</p>" ],
    [ 'template, a section not closed', "{{#logo_url}}<p>x</p>" ],
    [ 'template, a section closed twice',
      "{{#logo_url}}x{{/logo_url}}{{/logo_url}}" ],
    [ 'template, raw HTML', "{{{site_name}}}" ],
    [ 'template, a script', "<script>alert(1)</script>" ],
    [ 'template, a style', "<style>b{}</style>" ],
    [ 'template, an event handler', "<b onclick=\"x\">y</b>" ],
    [ 'template, a style attribute', "<b style=\"color:red\">y</b>" ],
    [ 'template, unquoted', "<b title={{site_name}}>y</b>" ],
    [ 'template, text as URL', "<a href=\"{{site_name}}\">y</a>" ],
    [ 'template, an element not closed', "<p><b>x</p>" ],
    [ 'template, not UTF-8', "<p>\xff</p>" ],
    [ 'template, a picture from elsewhere',
      "<img alt=\"\" src=\"https://cdn.example/a.png\">" ],
    [ 'template, a picture of any host', "<img src=//cdn.example/a.png>" ],
) {
    my ($name, $text) = @$case;

    fault($name, 'rfl_site;', expected($name),
        theme => { 'brand.html' => $text });
}

fault('template, user text without bdi', 'rfl_site;',
    expected('template, user text without bdi'),
    theme => { 'form.html' => '<b>{{name}}</b>' });
fault('theme, a misspelt name', 'rfl_site;',
    expected('theme, a misspelt name'), theme => { 'heder.html' => 'x' });
fault('theme, an empty page', 'rfl_site;', expected('theme, an empty page'),
    theme => { 'home.html' => '' });
fault('theme, a logo that is none', 'rfl_site;',
    expected('theme, a logo that is none'),
    theme => { 'logo.png' => '<svg></svg>' });
fault('pages, no stylesheet', 'rfl_site;', expected('pages, no stylesheet'),
    pages => { 'rfl.css' => undef });
fault('pages, a template missing', 'rfl_site;',
    expected('pages, a template missing'),
    pages => { 'templates/noresult.html' => undef });


# words: a site's own, and the package's

my $go = "msgctxt \"form.go\"\nmsgid \"Search\"\n";

for my $case (
    [ 'po, unknown key', "msgctxt \"form.gone\"\nmsgid \"a\"\nmsgstr \"b\"\n" ],
    [ 'po, no "other"', "msgctxt \"site.retry\"\nmsgid \"Retry {0}\"\n"
        . "msgstr \"{0,plural,one{x}}\"\n" ],
    [ 'po, twice', "${go}msgstr \"a\"\n\n${go}msgstr \"b\"\n" ],
    [ 'po, no translation', "${go}msgstr \"\"\n" ],
    [ 'po, HTML', "${go}msgstr \"<b>a</b>\"\n" ],
    [ 'po, an argument too many', "${go}msgstr \"a {0}\"\n" ],
    [ 'po, a named argument', "${go}msgstr \"a {name}\"\n" ],
    [ 'po, a brace', "${go}msgstr \"a { b\"\n" ],
    [ 'po, a quote', "${go}msgstr \"a\" b\"\n" ],
    [ 'po, no quotes', "${go}msgstr a\n" ],
    [ 'po, no msgid', "msgctxt \"form.go\"\nmsgstr \"a\"\n" ],
    [ 'po, not UTF-8', "${go}msgstr \"a \xff\"\n" ],
    [ 'po, plural of gettext', "${go}msgstr[0] \"a\"\n" ],
) {
    my ($name, $text) = @$case;

    fault($name, 'rfl_site;', expected($name), po => { 'fr.po' => $text });
}

fault('po, a message missing', 'rfl_site;', expected('po, a message missing'),
    pages => { 'po/ar.po' => sub {
        s/msgctxt "form.go"\nmsgid [^\n]*\nmsgstr [^\n]*\n// } });
fault('po, another language inside', 'rfl_site;',
    expected('po, another language inside'),
    pages => { 'po/ar.po' => sub { s/Language: ar/Language: fr/ } });

cmp_ok($faults, '>=', 60, "$faults faults were planted");

$t->done();


my %expected;

sub expected {
    my $name = shift;

    if (!%expected) {
        my $last;

        while (my $line = <DATA>) {
            chomp $line;

            if ($line =~ /^    (.*)/) {
                $expected{$last} = $1;

            } else {
                $last = $line;
            }
        }
    }

    return $expected{$name} // 'nothing is expected';
}


__DATA__
index, no socket
    invalid address "127.0.0.1:6379" in "rfl_index", it must be a Unix socket with its whole path, such as "unix:/run/rfl/..."
index, no user
    "rfl_index" needs the Redis user that may only read: add "user=NAME password_file=FILE"
index, no password
    "rfl_index" needs the Redis user that may only read: add "user=NAME password_file=FILE"
index, password on the line
    invalid parameter "password=x" in "rfl_index", it takes "user=NAME" and "password_file=FILE"
index, no such file
    cannot open "%%TESTDIR%%/none": No such file or directory
index, a long path
    the path of the socket "/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" is too long, the limit is 107 bytes
keyd, no socket
    invalid address "localhost:7000" in "rfl_keyd", it must be a Unix socket with its whole path, such as "unix:/run/rfl/..."
policy, no such file
    cannot open "%%TESTDIR%%/none.json": No such file or directory
policy, a directory
    "%%TESTDIR%%" is not a regular file
trust, no such file
    cannot open "%%TESTDIR%%/none.json": No such file or directory
pages, no such directory
    the directory "%%TESTDIR%%/none" of "rfl_pages" cannot be read (2: No such file or directory)
theme, a file
    "%%TESTDIR%%/trust.json" of "rfl_theme" is not a directory, name the directory that holds the files
po, no such directory
    the directory "%%TESTDIR%%/none" of "rfl_po" cannot be read (2: No such file or directory)
languages, a path
    invalid language "../fr" in "rfl_languages", it must be a tag such as "en", "fa-AF" or "zh-Hans"
languages, twice
    language "en" is given twice in "rfl_languages"
countries, no such code
    invalid country "XX" in "rfl_countries", it must be a code of ISO 3166-1 with two capital letters, such as "SY"
countries, small letters
    invalid country "sy" in "rfl_countries", it must be a code of ISO 3166-1 with two capital letters, such as "SY"
countries, twice
    country "SY" is given twice in "rfl_countries"
accent, a word
    invalid colour "red" in "rfl_accent", it must be written "#rrggbb", in quotes
accent, three digits
    invalid colour "#a00" in "rfl_accent", it must be written "#rrggbb", in quotes
accent, too light
    the colour "#ee6666" in "rfl_accent" has a contrast of 2.9 to 1 on the pages, people with weak sight need 4.5 to 1: choose a darker one
accent, two
    "rfl_accent" takes one colour, in quotes: nginx takes #0b5c7a without them for a comment, up to the end of the line
site name, empty
    "rfl_site_name" directive must be one line of UTF-8 text
site name, a tab
    "rfl_site_name" directive must be one line of UTF-8 text
timeout, a word
    "rfl_timeout" directive invalid value
timeout, none
    value must be equal to or greater than 1
body timeout, none
    value must be equal to or greater than 1
max results, 0
    value must be between 1 and 10
max results, 11
    value must be between 1 and 10
verify cache, a word
    "rfl_verify_cache" directive invalid value
society, none
    "rfl_site" does not know whose address the pages show, add "rfl_society ID;" with an id of %%TESTDIR%%/trust.json
society, a stranger
    the society "southland" of "rfl_society" is not in %%TESTDIR%%/trust.json: correct the id or add the society there
default language, not offered
    the language "ar" of "rfl_default_language" is not one of "rfl_languages": add it there or choose another
language without words
    there is no %%PAGES%%/po/xx.po for the language "xx": put a file "xx.po" with all messages into the directory of "rfl_po", or take "xx" out of "rfl_languages"
deadline before timeout
    "rfl_deadline" (1000ms, the whole search) is shorter than "rfl_timeout" (2000ms, one operation of it): swap or change them
site without rfl_index
    "rfl_site" cannot work without another directive, add "rfl_index unix:/run/... user=... password_file=...;" here or above
site without rfl_keyd
    "rfl_site" cannot work without another directive, add "rfl_keyd unix:/run/...;" here or above
site without rfl_policy
    "rfl_site" cannot work without another directive, add "rfl_policy /etc/rfl/policy.json;" here or above
site without rfl_trust
    "rfl_site" cannot work without another directive, add "rfl_trust /etc/rfl/trust.json;" here or above
API without rfl_keyd
    "rfl_api" cannot work without another directive, add "rfl_keyd unix:/run/...;" here or above
password that others may read
    "%%TESTDIR%%/password" can be read by others than its owner, run "chmod 600 %%TESTDIR%%/password"
policy, a byte order mark
    %%TESTDIR%%/policy.json:1: begins with a byte order mark: save it as UTF-8 without one
password, empty
    the password file "%%TESTDIR%%/password" is empty
site, no slash
    "rfl_site" serves a whole tree of pages: the path of its location must end with a slash, as in "location / {" or "location /rfl/ {"
site, exact
    "rfl_site" serves a whole tree of pages: the path of its location must end with a slash, as in "location / {" or "location /rfl/ {"
site, regex
    "rfl_site" directive needs a location with a plain path
site, named
    "rfl_site" directive needs a location with a plain path
site and API in one
    "rfl_api" directive cannot stand beside another content handler, give it a location of its own
site and a proxy
    another directive of this location, such as "proxy_pass", answers in place of "rfl_site": give it a location of its own
site twice
    "rfl_site" directive is duplicate
site in the server
    "rfl_site" directive is not allowed here
status, a format
    invalid format "xml" in "rfl_status", it must be "json" or "prometheus"
index twice
    "rfl_keyd" directive is duplicate
site with an argument
    invalid number of arguments in "rfl_site" directive
policy, empty
    %%TESTDIR%%/policy.json:1: the JSON ends too early, look for a missing bracket, brace or quote
policy, a comma too many
    %%TESTDIR%%/policy.json:5: not JSON, look for a missing or extra comma, colon or quote before this place
policy, unknown member
    %%TESTDIR%%/policy.json:5: "events[0]" has a member "shows" that is not allowed: remove it; allowed are id, names, show, gate, max_days
policy, a member twice
    %%TESTDIR%%/policy.json:6: a member is there twice in one object, remove one
policy, no version
    %%TESTDIR%%/policy.json:1: lacks "version": give the number that consents refer to, starting with 1
policy, version 0
    %%TESTDIR%%/policy.json:2: "version" must be a whole number from 1 to 1000000
policy, no events
    %%TESTDIR%%/policy.json:1: "events" must have 1 to 256 elements, not 0
policy, an event twice
    %%TESTDIR%%/policy.json:3: "events" have the id "flood" twice: give each event its own
policy, a bad id
    %%TESTDIR%%/policy.json:6: "events[1].id" must be 1 to 32 of a-z, 0-9 and "-"
policy, shows what nobody may
    %%TESTDIR%%/policy.json:5: "events[0].show" must be one of "age_band", "sex", "origin", "relation", "status"
policy, a bad gate
    %%TESTDIR%%/policy.json:6: "events[1].gate" must be one of "name", "fact", "closed"
policy, days without end
    %%TESTDIR%%/policy.json:6: "events[1].max_days" must be a whole number from 1 to 731
policy, no name
    %%TESTDIR%%/policy.json:6: "events[1]" lacks "names": give the event's name in each language
policy, the trust file
    %%TESTDIR%%/policy.json:1: is a trust file, not a policy: swap what "rfl_policy" and "rfl_trust" name, or correct the one that is wrong
trust, the policy
    %%TESTDIR%%/trust.json:1: is a policy, not a trust file: swap what "rfl_policy" and "rfl_trust" name, or correct the one that is wrong
trust, unknown member
    %%TESTDIR%%/trust.json:8: "societies[0]" has a member "uri" that is not allowed: remove it; allowed are id, names, address, hours, phone, url, not_before, not_after, keys, root, inbox_keys
trust, a phone of letters
    %%TESTDIR%%/trust.json:7: "societies[0].phone" must be a phone number such as "+00 12 345 67 89"
trust, no phone
    %%TESTDIR%%/trust.json:3: "societies[0]" lacks "phone": give the office's number: every page shows it
trust, http
    %%TESTDIR%%/trust.json:8: "societies[0].url" must begin with "https://" and be without spaces, quotes and letters beyond ASCII
trust, a bad key
    %%TESTDIR%%/trust.json:9: "societies[0].keys[0].public" must be 32 bytes in base64, with padding
trust, a day that is none
    %%TESTDIR%%/trust.json:9: "societies[0].not_after" must be a day such as "2026-11-22"
trust, not UTF-8
    %%TESTDIR%%/trust.json:5: not UTF-8, save the file as UTF-8
template, a tag not closed
    %%TESTDIR%%/theme/brand.html:2: "{{" without "}}"
template, unknown name
    %%TESTDIR%%/theme/brand.html:2: unknown name "sitename", the names here are: lang dir rtl site_name css_url logo_url home_url search_url looking_url alive_url privacy_url forms message_url report_url withdraw_url exit_url langs unreviewed contact_name contact_phone contact_tel_url contact_address contact_hours contact_url ...
template, unknown message
    %%TESTDIR%%/theme/brand.html:1: there is no message "no.such" in en.po
template, too few arguments
    %%TESTDIR%%/theme/brand.html:1: message "site.retry" has 1 arguments, 0 are given
template, unknown partial
    %%TESTDIR%%/theme/brand.html:1: there is no partial "none"
template, itself
    %%TESTDIR%%/theme/brand.html:1: partials are nested deeper than 8, does one include itself?
template, a section not closed
    %%TESTDIR%%/theme/brand.html:1: section "logo_url" is not closed in this file
template, a section closed twice
    %%TESTDIR%%/theme/brand.html:1: {{/logo_url}} closes nothing
template, raw HTML
    %%TESTDIR%%/theme/brand.html:1: there is no way to write text unescaped, use {{name}}
template, a script
    %%TESTDIR%%/theme/brand.html:1: <script> is refused: the content security policy of the pages allows no scripts, frames or inline styles
template, a style
    %%TESTDIR%%/theme/brand.html:1: <style> is refused: the content security policy of the pages allows no scripts, frames or inline styles
template, an event handler
    %%TESTDIR%%/theme/brand.html:1: event handler "onclick" is refused: the content security policy of the pages allows no scripts
template, a style attribute
    %%TESTDIR%%/theme/brand.html:1: attribute "style" is refused: put styles into the stylesheet, headers into nginx
template, unquoted
    %%TESTDIR%%/theme/brand.html:1: attribute "title" needs double quotes
template, text as URL
    %%TESTDIR%%/theme/brand.html:1: attribute "href" must begin with the URL, and "site_name" is none
template, an element not closed
    %%TESTDIR%%/theme/brand.html:1: </p> where </b> is due, which was opened at %%TESTDIR%%/theme/brand.html:1
template, not UTF-8
    %%TESTDIR%%/theme/brand.html:1: the file is not valid UTF-8, save it as UTF-8
template, user text without bdi
    %%TESTDIR%%/theme/form.html:1: "name" is what a person typed, write {{bdi name}}
template, a picture from elsewhere
    %%TESTDIR%%/theme/brand.html:1: attribute "src" is refused: the content security policy of the pages allows pictures of this site only, begin it with its path
template, a picture of any host
    %%TESTDIR%%/theme/brand.html:1: attribute "src" is refused: the content security policy of the pages allows pictures of this site only, begin it with its path
theme, an empty page
    %%TESTDIR%%/theme/home.html:1: the page is empty: write it, or remove the file from your theme
theme, a logo that is none
    %%TESTDIR%%/theme/logo.png is no picture of the type that its name says: save it as one
theme, a misspelt name
    %%TESTDIR%%/theme/heder.html is not used by any page: give it the name of a file of %%PAGES%%/templates, or remove it
pages, no stylesheet
    there is no %%TESTDIR%%/pages/rfl.css: "rfl_pages" must be the directory of the package's pages
pages, a template missing
    there is no template "noresult"
po, unknown key
    %%TESTDIR%%/po/fr.po:1: unknown key "form.gone", the keys are those of en.po
po, no "other"
    %%TESTDIR%%/po/fr.po:3: branch "other" of argument {0} is missing, add other{...}
po, twice
    %%TESTDIR%%/po/fr.po:5: the key "form.go" is there twice, keep one
po, no translation
    %%TESTDIR%%/po/fr.po:3: "form.go" has no translation, write one or remove the entry
po, HTML
    %%TESTDIR%%/po/fr.po:3: messages are plain text, HTML belongs in the template
po, an argument too many
    %%TESTDIR%%/po/fr.po:3: {0} is not in the English text of "form.go", remove it
po, a named argument
    %%TESTDIR%%/po/fr.po:3: "{name": arguments are numbered {0} to {5}, write the number from the English text
po, a brace
    %%TESTDIR%%/po/fr.po:3: "{b": arguments are numbered {0} to {5}, write the number from the English text
po, a quote
    %%TESTDIR%%/po/fr.po:3: a quote inside the string, write \"
po, no quotes
    %%TESTDIR%%/po/fr.po:3: the string must begin and end with a quote on this line
po, no msgid
    %%TESTDIR%%/po/fr.po:2: msgstr without a msgid before it
po, not UTF-8
    %%TESTDIR%%/po/fr.po:3: the line is not valid UTF-8, save the file as UTF-8
po, plural of gettext
    %%TESTDIR%%/po/fr.po:3: gettext plurals are not used, write {0,plural,one{...} other{...}} in the message
a site's language, a message missing
    the language "so" lacks 1 messages, the first is "form.go": translate them in %%TESTDIR%%/po/so.po or take it out of "rfl_languages"
po, a message missing
    the language "ar" lacks 1 messages, the first is "form.go": translate them in %%TESTDIR%%/pages/po/ar.po or take it out of "rfl_languages"
po, another language inside
    %%TESTDIR%%/pages/po/ar.po:7: the header says "Language: fr" but the file is read as "ar"
