#!/usr/bin/perl

# Copyright (C) The RFL authors

# "make install": what is installed works together: nginx with the installed
# module and pages, daemons with the options and files that the units give
# them, manuals that know every option, and addresses that agree.  S-80: the
# units are confined.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use JSON::PP ();

use Test::RFL;
use Test::RFL::Daemon;
use Test::RFL::Site;


my $t = Test::RFL->new();

$t->skip_all('what is installed is the release build')
    if $t->build() ne 'release' || $ENV{TEST_RFL_RELOAD};

$t->needs('module', 'keyd', 'rflctl');

my $top = $t->top();
my $dir = $t->testdir();
my $root = "$dir/root";
my $usr = "$root/usr";

my ($rc, $out) = $t->command('make', '-C', $top, 'install', "DESTDIR=$root");
is($rc, 0, 'installed') or diag($out);

my @stray = grep { !m{\.(?:css|html|po|json|yaml|cddl|md|acl|conf|so|service
                         |timer|[18])$|/(?:rflctl|rfl-keyd|rfl-open)$}x }
            split /\n/, `find $root -type f`;
is("@stray", '', 'and nothing of the source');


# nginx: the module and the pages that are installed, the sample of init

site_files($t);

my $conf = slurp("$usr/share/doc/rfl/examples/nginx/rfl.conf");

my ($index) = $conf =~ /rfl_index\s+unix:(\S+)/;
my ($keyd) = $conf =~ /rfl_keyd\s+unix:([^;\s]+)/;

($rc, $out) = $t->nginx_test(<<"EOF");
load_module $usr/lib/nginx/modules/ngx_http_rfl_module.so;
pid $dir/nginx.pid;
events { }
http {
    rfl_index unix:$index user=pub_search password_file=$dir/password;
    rfl_keyd unix:$keyd;
    rfl_policy $dir/policy.json;
    rfl_trust $dir/trust.json;
    rfl_society northland;
    rfl_pages $usr/share/rfl/pages;
    server {
        listen unix:$dir/nginx.sock;
        location / { rfl_site; }
    }
}
EOF
is($rc, 0, 'nginx takes module and pages as they are installed') or diag($out);


# units: programs, options, and files that agree with what others say

my %unit;

for my $file (glob "$usr/lib/systemd/system/*.service") {
    my ($name) = $file =~ m{([^/]+)\.service$};
    $unit{$name} = slurp($file) =~ s/\\\n//gr;
}

for my $name (sort keys %unit) {

    my @bad;

    for my $line ($unit{$name} =~ /^ExecStart=-?(.*)/mg) {
        my ($program, @args) = split ' ', $line;

        push @bad, $program if !-x "$root$program" && !-x $program;
        next if !-x "$root$program";

        # a command is one word or two

        my @command;
        push @command, shift @args while @args && $args[0] =~ /^[a-z]+$/;

        my (undef, $help) = $t->command("$root$program", @command, '--help');

        push @bad, grep { $help !~ /\Q$_\E\b/ } map { /^(--[\w-]+)/ } @args;
    }

    is("@bad", '', "$name.service: programs and options are there");
}

like($unit{'redis-rfl-index'}, qr/--unixsocket \Q$index\E\s/,
    'index Redis listens where nginx asks');
my ($inbox) = $conf =~ /rfl_inbox\s+unix:(\S+)/;
like($unit{'redis-rfl-inbox'}, qr/--unixsocket \Q$inbox\E\s/,
    'so does inbox Redis');
like($unit{'rfl-keyd'}, qr/--query=\Q$keyd\E\s/, 'and so does rfl-keyd');

my $guide = slurp("$top/docs/web-team.md");
my ($admin) = $unit{'rfl-keyd'} =~ /--admin=(\S+)/;

like($guide, qr/:\Q$index\E\s/, 'the guide forwards the socket of the index');
like($guide, qr/:\Q$inbox\E\s/, 'that of the inbox');
like($guide, qr/:\Q$admin\E\s/, 'and that of rfl-keyd');

my ($run) = $guide =~ /rflctl init --run=(\S+)/;
like($guide, qr/-L \Q$run\E\/index\.sock:.*-L \Q$run\E\/keyd-admin\.sock:/s,
    'to where rflctl will look for them');


# the daemons of the public host, as their units start them

SKIP: {
    skip 'only root can start them as others', 6 if $> != 0;

    my $desk = "$dir/var";

    $t->command("$usr/bin/rflctl", 'init', '--sample-keys', "--run=$run",
                $desk);
    chmod 0755, $dir, $desk, "$desk/redis";
    chmod 0644, map { ("$desk/redis/$_.conf", "$desk/redis/$_.acl") }
        qw(index inbox);

    my %daemon;

    for my $name (qw(redis-rfl-index redis-rfl-inbox rfl-keyd)) {

        # the user is another one, the groups are those of the unit

        my ($group) = $unit{$name} =~ /^Group=(\S+)/m;
        my ($more) = $unit{$name} =~ /^SupplementaryGroups=(\S+)/m;
        my ($command) = $unit{$name} =~ /^ExecStart=(.*)/m;

        my @ids = map { (getgrnam $_)[2] // 61000 } $group, $more;
        my $folder = "$dir/$name";

        mkdir $folder;
        chown 61000, $ids[0], $folder;
        chmod 0755, $folder;

        $command =~ s{/(?:run|var/lib)/rfl-(?:index|inbox|keyd)\b}{$folder}g;
        $command =~ s{/etc/rfl}{$desk}g;
        $command =~ s{^/usr/sbin/rfl}{$usr/sbin/rfl};
        $command =~ s{--supervised systemd}{};

        my ($socket) = $command =~ /--(?:unixsocket |query=)(\S+)/;

        $daemon{$name} = Test::RFL::Daemon->new($t, name => $name,
            command => [ 'setpriv', '--reuid=61000', "--regid=$ids[0]",
                         "--groups=$ids[1]", split ' ', $command ],
            ready => sub { -S $socket && -w _ });
        push @{$t->{daemons}}, $daemon{$name};

        ok(eval { $daemon{$name}->start() }, "$name starts") or diag($@);

        is((getgrgid((stat $socket)[5]))[0], 'www-data',
            'and nginx may come to its socket');
    }
}


# every command and option is in the manual and in the completion

my %manual = (
    rflctl => slurp("$usr/share/man/man1/rflctl.1"),
    'rfl-keyd' => slurp("$usr/share/man/man8/rfl-keyd.8"),
);
my $completion = slurp("$usr/share/bash-completion/completions/rflctl");

my (undef, $help) = $t->command("$usr/bin/rflctl", '--help');
my @commands = $help =~ /^  ([a-z]+(?: [a-z]+)?) /mg;
my @missing;

cmp_ok(scalar @commands, '>=', 13, 'rflctl --help lists commands');

for my $command (@commands) {
    my (undef, $text) = $t->command("$usr/bin/rflctl", split(/ /, $command),
                                '--help');

    push @missing, $command if $manual{rflctl} !~ /^\.It Cm $command$/m
                               || grep { $completion !~ /\b$_\b/ }
                                  split / /, $command;
    push @missing, grep { $manual{rflctl} !~ /Fl Fl $_\b/ }
                   $text =~ /--([a-z][a-z-]+)/g;
}

is("@missing", '', 'rflctl(1) has all of it, and completion the commands');

(undef, $help) = $t->command("$usr/sbin/rfl-keyd", '--help');
@missing = grep { $manual{'rfl-keyd'} !~ /^\.It Fl Fl $_\b/m }
           grep { !/^(?:help|version|foreground|daemon)$/ }
           $help =~ /^  --([a-z-]+)/mg;
is("@missing", '', 'rfl-keyd(8) has every option');

like($manual{rflctl}, qr/^\.It $_$/m, "rflctl(1) has exit status $_")
    for 0, 1, 2, 69, 70, 73, 75, 77;

if (system('man --version >/dev/null 2>&1') == 0) {
    for my $page ("man1/rflctl.1", "man8/rfl-keyd.8") {
        is(`man --warnings -l $usr/share/man/$page 2>&1 >/dev/null`, '',
            "$page is without fault");
    }
}


# S-08, S-84: no memory on a disk, and nothing of the system may be written.
# ReadWritePaths= may be what a unit keeps, never what others run.

sub unsafe {
    my $text = shift;

    my %have;
    $have{$1} = $2 while $text =~ /^(\w+)=(.*)/mg;

    my @lacks = grep { ($have{$_->[0]} // '') ne $_->[1] }
        [ 'LimitCORE', '0' ], [ 'MemorySwapMax', '0' ],
        [ 'ProtectSystem', 'strict' ], [ 'ProtectHome', 'yes' ],
        [ 'NoNewPrivileges', 'yes' ];

    my @writes = grep { !m{^-?/(?:var/(?:lib|log)|run)/[a-z-]+$} }
        split ' ', $have{ReadWritePaths} // '';

    return map { "$_->[0] " } @lacks, map { [ $_ ] } @writes;
}

my @units = (glob("$usr/lib/systemd/system/*rfl*.service"),
    glob("$usr/share/doc/rfl/examples/nginx.service.d/*.conf"));

cmp_ok(scalar @units, '>=', 8, 'S-84 there are units');

for my $file (@units) {
    is(join('', unsafe(slurp($file))), '',
        'S-08, S-84 ' . $file =~ s{.*/}{}r);
}

is(join('', unsafe("[Service]\nProtectSystem=full\nReadWritePaths=/usr\n"
                   . "NoNewPrivileges=yes\nLimitCORE=0\n")),
    'MemorySwapMax ProtectSystem ProtectHome /usr ',
    'S-08, S-84 control: one that is not');


# S-80: exposure of each unit, of 10

SKIP: {
    skip 'no systemd-analyze', 2
        if system('systemd-analyze security --help >/dev/null 2>&1') != 0;

    my %exposure;

    for my $name (keys %unit) {
        my $file = "$usr/lib/systemd/system/$name.service";

        ($exposure{$name}) = `systemd-analyze security --offline=yes $file 2>&1`
                             =~ /exposure level for .*: ([\d.]+)/;
    }

    is(join(' ', grep { ($exposure{$_} // 10) > 2 } keys %exposure), '',
        'S-80 units are confined');

    my $bare = $t->write_file('bare.service',
                              "[Service]\nExecStart=/bin/true\n");
    like(`systemd-analyze security --offline=yes $bare 2>&1`,
        qr/exposure level for .*: [89]\./, 'S-80 control: one that is not');
}

$t->done();
