package Test::RFL::Site;

# Copyright (C) The RFL authors

# A site without servers behind it: policy, trust file, password and the
# lines of a configuration.  For tests of pages and of the configuration,
# which need neither Redis nor rfl-keyd, and test that they do not.

use strict;
use warnings;
use utf8;

use base 'Exporter';

our @EXPORT = qw(site_files site_conf site_up);


my $policy = <<'EOT';
{
  "version": 1,
  "events": [
    {"id": "flood", "names": {"en": "Flood", "fr": "Crue"},
     "show": ["age_band", "sex"], "max_days": 180},
    {"id": "quake", "names": {"en": "Earthquake"}, "max_days": 90}
  ]
}
EOT

my $trust = <<'EOT';
{
  "societies": [
    {"id": "northland",
     "names": {"en": "Northland Family Links", "fr": "Liens de Nordland"},
     "address": {"en": "1 Harbour Road, Northport"},
     "hours": {"en": "Monday to Friday, 9 to 16"},
     "phone": "+00 12 345 67 89",
     "url": "https://northland.example/",
     "keys": []}
  ]
}
EOT


sub site_files {
    my $t = shift;

    $t->write_file('policy.json', $policy);
    $t->write_file('trust.json', $trust);

    chmod 0600, $t->write_file('password', "no secret\n");

    return $t;
}


# the lines of http { } that a site needs, by name, and what they make

sub site_conf {
    my ($t, %opt) = @_;

    my %line = (
        rfl_pages => "$t->{pages}",
        rfl_policy => '%%TESTDIR%%/policy.json',
        rfl_trust => '%%TESTDIR%%/trust.json',
        rfl_society => 'northland',
        rfl_index => 'unix:%%TESTDIR%%/index.sock user=pub_search '
            . 'password_file=%%TESTDIR%%/password',
        rfl_keyd => 'unix:%%TESTDIR%%/keyd.sock',
        %{ $opt{set} || {} },
    );

    my $lines = join '', map {
        defined $line{$_} ? "    $_ $line{$_};\n" : ''
    } sort keys %line;

    my $locations = $opt{locations} // '
        location / { rfl_site; }
        location /api/v1/ { rfl_api; }
        location = /status { rfl_status; }
';

    $opt{$_} //= '' for qw(main http server);

    return "%%TEST_GLOBALS%%\n$opt{main}\nevents { }\n\nhttp {\n"
        . "%%TEST_GLOBALS_HTTP%%\n$lines    $opt{http}\n\n    server {\n"
        . "        listen 127.0.0.1:8080;\n        $opt{server}\n"
        . "$locations    }\n}\n";
}


sub site_up {
    my ($t, %opt) = @_;

    $t->needs('module');
    $t->{pages} //= $t->top() . '/pages';

    site_files($t);
    $t->write_file_expand('nginx.conf', site_conf($t, %opt));

    return $t->run();
}


1;
