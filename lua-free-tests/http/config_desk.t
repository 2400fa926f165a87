#!/usr/bin/perl

# Copyright (C) The RFL authors

# What "nginx -t" says to faults of the desk that were planted, one at a time:
# the file and line of the fault and what to do, and the line of nginx.conf
# that led there.  No server is up meanwhile.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Test::RFL;
use Test::RFL::Stack;


my $t = Test::RFL->new();

$t->needs('module', 'rflctl');

my $dir = $t->testdir();
my $top = $t->top();
my $state = "$dir/desk";
my $load = $t->{module} eq 'static' ? ''
    : 'load_module ' . ($t->{module} =~ s/rfl_module/rfl_desk_module/r) . ';';

my ($rc, $out) = $t->command($t->out() . '/rflctl', 'init', '--quiet',
    '--sample-keys', '--society', 'northland', '--event', 'river-flood',
    '--run', "$dir/run", $state);
is($rc, 0, 'a desk') or diag($out);

my ($key) = $t->read_file("$state/trust.json") =~ /"public": "([^"]+)"/;

my $staff = <<"EOT";
{
  "societies": ["northland"],
  "moderators": [
    {
      "id": "amina",
      "name": "Amina Haddad",
      "role": "moderator",
      "not_before": "2020-01-01",
      "not_after": "2099-12-31",
      "certificates": ["${\ ('ab' x 32)}"],
      "public": "$key"
    }
  ]
}
EOT

my %good = map { $_ => $t->read_file("$state/$_") }
    qw(policy.json trust.json rflctl.conf);
$good{'staff.json'} = $staff;


# nginx -t with some files of the desk changed: (rc, output)

sub nginx {
    my (%opt) = @_;

    $t->write_file("$state/$_", $good{$_}) for keys %good;

    for my $file (keys %{$opt{files} || {}}) {
        my ($from, $to) = @{$opt{files}{$file}};
        my $text = $good{$file};

        $text =~ s/$from/$to/ or die "$file: $from is not there";
        $t->write_file("$state/$file", $text);
    }

    my $line = $opt{line} // "rfl_desk $state; rfl_desk_pages $top/pages;";
    my $location = $opt{location} // '/';
    my $workers = $opt{workers} // 1;

    return $t->nginx_test(<<"EOC");
$load
worker_processes $workers;
error_log stderr;
pid $dir/desk.pid;
events { }
http {
    access_log off;
    server {
        listen 127.0.0.1:8443;
        location $location {
            $line
        }
    }
}
EOC
}

sub fault {
    my ($what, $message, %opt) = @_;

    my ($rc, $out) = nginx(%opt);

    isnt($rc, 0, "$what: refused");
    like($out, $message, "$what: it is told");
}


($rc, $out) = nginx();
is($rc, 0, 'without a fault it is taken') or diag($out);
($rc, $out) = nginx(line => "rfl_desk $state; rfl_desk_pages $top/pages; "
                    . 'rfl_desk_idle 5m;');
is($rc, 0, 'with a time of its own, too') or diag($out);


# directives

fault('no such folder', qr{"/nonexistent" of "rfl_desk" cannot be read},
    line => 'rfl_desk /nonexistent;');
fault('no folder of a desk', qr{rfl_desk: .*rflctl\.conf},
    line => "rfl_desk $dir; rfl_desk_pages $top/pages;");
fault('twice', qr{"rfl_desk" directive is duplicate},
    line => "rfl_desk $state; rfl_desk $state;");
fault('no pages', qr{rfl_desk: there is no \S+/en\.po: name the directory},
    line => "rfl_desk $state; rfl_desk_pages $dir;");
fault('no theme', qr{"\S+/none" of "rfl_desk_theme" cannot be read},
    line => "rfl_desk $state; rfl_desk_theme $dir/none;");
fault('no time', qr{"rfl_desk_idle" directive invalid value},
    line => "rfl_desk $state; rfl_desk_idle soon;");
fault('no time at all', qr{value must be between 60 and 36000},
    line => "rfl_desk $state; rfl_desk_idle 0;");
fault('elsewhere', qr{"rfl_desk" directive is not allowed here},
    line => "if (\$args) { rfl_desk $state; }");

for my $location ('~ ^/desk/', '~* /desk/', '= /desk/', '@desk') {
    fault("location $location", qr{"rfl_desk"\ directive\ serves\ a\ whole\ tree\ of
                                   \ pages:\ .*\ plain\ path,.*\ in\ \S+:\d+$}mx,
        location => $location);
}

for my $location ('/desk/', '^~ /desk/', '/desk/ { return 404; } location /x/') {
    ($rc, $out) = nginx(location => $location);
    is($rc, 0, "location $location: taken") or diag($out);
}

fault('another handler', qr{"rfl_desk" directive cannot stand beside another},
    line => "empty_gif; rfl_desk $state;");
fault('two workers', qr{worker_processes 1.*unlocks}s, workers => 2);


# who may come in

fault('role', qr{staff\.json:7: .*role" must be one of "moderator"},
    files => { 'staff.json' => [ '"role": "moderator"', '"role": "boss"' ] });
fault('day', qr{staff\.json:9: .*not_after" must be a day},
    files => { 'staff.json' => [ '2099-12-31', '2099-13-31' ] });
fault('fingerprint', qr{staff\.json:10: .*SHA-256 fingerprint},
    files => { 'staff.json' => [ 'abab"', 'ab"' ] });
fault('key', qr{staff\.json:4: .*"public".*rflctl keygen},
    files => { 'staff.json' => [ qr/,\s+"public": "[^"]+"/, '' ] });
fault('unknown member', qr{staff\.json:\d+: .*"shoe"},
    files => { 'staff.json' => [ '"role"', '"shoe": 3, "role"' ] });
fault('not JSON', qr{staff\.json:\d+: },
    files => { 'staff.json' => [ '"societies":', '"societies"' ] });

unlink "$state/staff.json";
($rc, $out) = do {
    local $good{'staff.json'};
    delete $good{'staff.json'};
    nginx();
};
isnt($rc, 0, 'no staff file: refused');
like($out, qr{staff\.json}, 'no staff file: it is told');


# policy, trust, theme

fault('policy', qr{policy\.json:\d+: },
    files => { 'policy.json' => [ qr/"approvals": \d/, '"approvals": 9' ] });
fault('trust', qr{trust\.json:\d+: },
    files => { 'trust.json' => [ qr/"public": "./, '"public": "-' ] });
fault('policy and trust swapped',
    qr{trust\.json:1: is a trust file, not a policy: swap .*/rflctl\.conf:20,},
    files => { 'rflctl.conf' => [ qr/"policy\.json"(.*)"trust\.json"/s,
                                  '"trust.json", "trust": "policy.json"' ] });
fault('a policy instead of the trust file',
    qr{policy\.json:1: is a policy, not a trust file: swap .*/rflctl\.conf:20,},
    files => { 'rflctl.conf' => [ '"trust": "trust.json"',
                                  '"trust": "policy.json"' ] });
fault('configuration', qr{rflctl\.conf},
    files => { 'rflctl.conf' => [ '"policy"', '"polise"' ] });

mkdir "$dir/theme";
mkdir "$dir/po";
$t->write_file('theme/home.html', "{{>top}}\n<p>\n{{nothing_of_ours}}\n");
fault('template', qr{theme/home\.html:3: .*nothing_of_ours},
    line => "rfl_desk $state; rfl_desk_pages $top/pages; "
            . "rfl_desk_theme $dir/theme;");
unlink "$dir/theme/home.html";

$t->write_file('po/fr.po', qq(msgctxt "renew.go"\nmsgid "Renew"\n)
               . qq(msgstr "Renouveler {0}"\n));
fault('translation', qr{po/fr\.po:\d+: },
    line => "rfl_desk $state; rfl_desk_pages $top/pages; "
            . "rfl_desk_po $dir/po;");

($rc, $out) = nginx();
is($rc, 0, 'and all of it mended is taken again') or diag($out);

$t->done();
