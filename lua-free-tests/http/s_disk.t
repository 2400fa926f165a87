#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-09: what a disk keeps.  All that nginx, rfl-keyd and both Redis may write
# lies on a file system of its own, in one file; when everything has stopped
# that file is searched byte by byte, blocks of removed files as well.  The same
# look finds what was written and removed by somebody else.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Encode qw(encode_utf8);
use IO::Handle;

use Test::RFL;
use Test::RFL::Forms;


my $t = Test::RFL->new()->needs('module', 'keyd', 'rflctl')
    ->has_command('mkfs.ext4', 'mount');

$t->skip_all('needs root, to mount a disk') if $> != 0;

my $dir = $t->testdir();
my $image = "$dir/disk";
my $disk = "$dir/public";
my $me = $$;

mkdir $disk;

my ($rc, $out) = $t->command('/bin/sh', '-c',
    "truncate -s 48M $image && mkfs.ext4 -q -F $image "
    . "&& mount -o loop $image $disk");

$t->skip_all("a disk cannot be mounted here: $out") if $rc != 0;

# before the folder is removed, whatever happened

END { system 'umount', '-l', $disk if $disk && $$ == $me }


# folders of the public host; the desk's are another host's

sub onto_disk {
    my $path = shift;

    my ($name) = $path =~ m{([^/]+)$};

    system('cp', '-a', "$dir/$path", "$disk/$name") if -d "$dir/$path";
    system('rm', '-rf', "$dir/$path");
    mkdir "$disk/$name";
    symlink "$disk/$name", "$dir/$path" or die "$path: $!\n";
}

chmod 0755, $disk;
onto_disk($_) for qw(logs cores run), map { "tmp_$_" }
    qw(client_body proxy fastcgi uwsgi scgi);
chmod 01777, "$disk/cores";

my @canaries = canaries();
my @told = ('Qaldremu vontikra zhelbunod.', '+41 79 555 01 99');
my @lines = map { { id => "n$_", birth_year => 1940 + $_,
                    names => [ "$canaries[$_ % @canaries] Abendroth" ] } }
    0 .. 49;

my $rfl = $t->rfl_up(lines => \@lines, log => 'crit');

$rfl->{inbox}->stop();
onto_disk('desk/redis/inbox');
$rfl->{inbox}->start();

my $office = office($rfl);
$t->reload();


# what visitors do, and everything that can go wrong

my @ready = map { [ $_, walk($_, answers($_, name => $canaries[0],
                                         phone => $told[1],
                                         words => $told[0])) ] }
    qw(withdraw looking alive withdraw);

is(scalar(grep { api_found(name => $_->{names}[0]) =~ /^[1-9]/ } @lines), 50,
    'searches are answered');
search(name => $_) for @canaries;

select undef, undef, undef, 2.1;

my @sent = map { form($_->[0], $_->[1], go => 'send') } @ready;
is(join(' ', map { $_->{status} } @sent), '200 200 200 200',
    'forms are sent');
is(scalar($office->boxes()), 4, '... and stored');

my $form = 'application/x-www-form-urlencoded';

http_post('/en/search', "name=$canaries[0]&" . 'x' x 300000,
          'Content-Type' => $form);
http_post('/en/looking', "words=$told[0]&" . 'x' x 50000,
          'Content-Type' => $form);
http_get('/en/search?name=' . ($canaries[0] =~ tr/ /+/r));

$rfl->{index}->kill();
search(name => $canaries[0]);
$rfl->{index}->start();
$rfl->{inbox}->cmd('BGREWRITEAOF');
$rfl->ctl_ok('rotate');

ok($t->wait_for(sub { api_found(name => $lines[1]{names}[0]) =~ /^[1-9]/ },
                  60),
    'and again after an outage');

$t->stop();
$_->stop() for reverse @{$t->{daemons}};


# what is on the disk now

my $list = $t->write_file('canaries', join "\n", @canaries, @told);

sub settled { system('sync', '-f', $disk) == 0 or die "cannot sync\n" }

sub looked {
    settled();

    my ($rc, $out) = $t->command($t->top() . '/lua-free-tests/leakgrep',
        @_, '-c', $list, (map { ('-s', $_) } $rfl->secrets()), $image);

    return $rc == 0 ? '' : $rc == 1 ? "found:\n$out" : die $out;
}

settled();

my $bytes = slurp($image);

ok($bytes =~ /in:northland:\d{8}/, 'S-09 control: the inbox wrote there');
ok($bytes =~ /200 \d+ search\n/, 'S-09 control: so did nginx');
undef $bytes;

is(looked(), '', 'S-09 no name, message, number or secret is on the disk');

# ext4 keeps what is removed at once in memory only, if nobody asks for more

open my $f, '>', "$disk/planted" or die "$disk/planted: $!\n";
print $f encode_utf8($canaries[1]);
$f->flush();
$f->sync() or die "cannot sync\n";
close $f;
unlink "$disk/planted";

like(looked('-1'), qr/^found/,
    'S-09 control: what is in a removed file is seen');

$t->done();
