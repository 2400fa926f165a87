#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-04 at the desk: passphrases, and what moderators write about people, are
# in no temporary file of nginx, though its configuration asks for one.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use Test::RFL;
use Test::RFL::Desk;


my $t = Test::RFL->new();

# "on" leaves the files where they are

my $desk = Test::RFL::Desk->up($t, conf => <<'EOC');
        client_body_buffer_size 1k;
        client_body_in_file_only on;

        location /elsewhere/ { proxy_pass http://unix:/nobody; }
EOC

sub written { glob $t->testdir() . '/desk_body/*' }

$desk->unlock('amina');

my ($id) = $desk->send($desk->alive('Silvana Hushova'));
my $words = 'Silvana Hushova ' x 400;

is($desk->post('amina', "/en/item/$id", { act => 'note', text => $words })
       ->{status} =~ /^[2-4]/, 1, 'a form of the desk is read');

is($desk->post('amina', '/en/unlock', { passphrase => $words })->{status}, 200,
    'a passphrase that is none, and long');

is(join(' ', written()), '', 'S-04 no body was written to a file');

$desk->post('amina', '/elsewhere/', { text => $words });
is(scalar(my @files = written()), 1, 'S-04 control: elsewhere it is');

$t->done();
