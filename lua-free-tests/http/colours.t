#!/usr/bin/perl

# Copyright (C) The RFL authors

# The colours of the stylesheets, by day and by night, with whatever colour a
# society has: text has a contrast of 4.5 to 1 with what is behind it, and
# edges of fields and buttons 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).  And what a
# theme does to them, and what the first page costs with them.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Test::RFL;
use Test::RFL::Site;


my $t = Test::RFL->new();

my $dir = $t->testdir();

# dark, pure and just light enough

my @accents = qw(000000 d40000 0000ff 006400 4b0082 7a1f1f 5f5f5f 0b5c7a);

my %themes = (
    plain => {},
    light => { 'custom.css' => "body { background: #fffff0 }\n" },
    both => { 'custom.css' => "\@media (prefers-color-scheme: dark) {}\n" },
    never => { 'dark.css' => "\n" },
    own => { 'rfl.css' => "body { color: #000 }\n" },
    'own-dark' => { 'rfl.css' => "body { color: #000 }\n",
                    'dark.css' => "/* night */\n" },
);

for my $theme (keys %themes) {
    mkdir "$dir/$theme";
    $t->write_file("$theme/$_", $themes{$theme}{$_})
        for keys %{$themes{$theme}};
}

my @langs = qw(en fr ar es uk ru fa);

site_up($t, set => { rfl_languages => "@langs" }, locations => join '',
    "location / { rfl_site; }\n",
    (map "location /$_/ { rfl_site; rfl_accent \"#$_\"; }\n", @accents),
    (map "location /$_/ { rfl_site; rfl_theme $dir/$_; }\n", keys %themes));


sub sheet {
    my ($prefix) = @_;

    my ($css) = parse(http_get("$prefix/en/"))->{body}
        =~ m{href="([^"]*\.css)"} or return '';

    return parse(http_get($css))->{body};
}


# custom properties, those of the night in place of those of the day

sub colours {
    my ($css, $dark) = @_;

    my ($night) = $css =~ /\@media[ ]screen[ ]and[ ]\(prefers-color-scheme:dark\)
                           (\{ (?: [^{}] | \{[^{}]*\} )* \})/x;

    die "no colours of the night\n" if $dark && !defined $night;

    my $day = $css =~ s/\@media.*//sr;
    my %c;

    for my $rules ($day, $dark ? $night : ()) {
        while ($rules =~ /:root\{([^}]*)\}/g) {
            my $set = $1;

            $c{$1} = $2 while $set =~ /--([\w-]+):([^;]+)/g;
        }

        $c{page} = $1 if $rules =~ /\bbody\{[^}]*background:(#\w+)/;
    }

    for (values %c) {
        s/^var\(--([\w-]+),(.*)\)$/$c{$1} || $2/e;
        s/^#(\w)(\w)(\w)$/#$1$1$2$2$3$3/;
    }

    return \%c;
}


sub luminance {
    my @rgb = map { hex() / 255 } $_[0] =~ /^#(..)(..)(..)$/
        or die "no colour: $_[0]\n";

    my ($r, $g, $b) = map { $_ <= 0.04045 ? $_ / 12.92
                                          : (($_ + 0.055) / 1.055) ** 2.4 } @rgb;

    return 0.2126 * $r + 0.7152 * $g + 0.0722 * $b;
}


# which of [ front, back, what it takes ] are too little

sub pale {
    my ($c, @pairs) = @_;
    my @pale;

    for my $pair (@pairs) {
        my ($front, $back, $least) = @$pair;
        my ($dark, $light) = sort { $a <=> $b }
            map { luminance($c->{$_} // die "no --$_\n") } $front, $back;
        my $contrast = ($light + 0.05) / ($dark + 0.05);

        push @pale, sprintf '%s on %s: %.2f', $front, $back, $contrast
            if $contrast < $least;
    }

    return join ', ', @pale;
}


my @public = (
    (map { ([ $_, 'page', 4.5 ], [ $_, 'card', 4.5 ]) } qw(ink soft a care)),
    [ 'on', 'a', 4.5 ],
    (map { ([ $_, 'page', 3 ], [ $_, 'card', 3 ]) } qw(line a care)),
);

for my $accent ('', map { "/$_" } @accents) {
    my $css = sheet($accent);
    my $what = $accent || 'no accent';

    is(pale(colours($css, 0), @public), '', "$what, by day");
    is(pale(colours($css, 1), @public), '', "$what, by night");
}

like(sheet('/0b5c7a'), qr/--rfl-accent:#0b5c7a;/, 'by day it is as given');

my @grounds = qw(ground pale tint stop-tint good-tint care-tint);
my @desk = (
    (map { my $front = $_; map { [ $front, $_, 4.5 ] } @grounds } 'ink',
     'soft', 'accent'),
    [ 'stop', 'stop-tint', 4.5 ], [ 'good', 'good-tint', 4.5 ],
    [ 'mark', 'care-tint', 4.5 ], [ 'stop', 'ground', 4.5 ],
    [ 'on', 'accent', 4.5 ], [ 'on', 'stop', 4.5 ],
    (map { ([ $_, 'ground', 3 ], [ $_, 'pale', 3 ]) }
     qw(edge focus accent stop good care)),
);

my $desk = Test::RFL::slurp($t->top() . '/pages/desk/desk.css');

is(pale(colours($desk, 0), @desk), '', 'the desk, by day');
is(pale(colours($desk, 1), @desk), '', 'the desk, by night');

# can it fail?

isnt(pale({ ink => '#777777', page => '#888888' }, [ 'ink', 'page', 4.5 ]),
    '', 'what is pale is told');


# themes: what was written for light pages stays light

for my $case ([ plain => 1 ], [ light => 0 ], [ both => 1 ], [ never => 0 ],
              [ own => 0 ], [ 'own-dark' => 0 ])
{
    my ($theme, $dark) = @$case;

    is(!!(sheet("/$theme") =~ /:root\{color-scheme:dark/), !!$dark,
        "theme $theme: " . ($dark ? 'dark pages' : 'light pages only'));
}

like(sheet('/own-dark'), qr{/\* night \*/}, 'a theme has a night of its own');


# what somebody loads who comes first (S-64)

for my $lang (@langs) {
    my $first = 0;
    my $page = http_get("/$lang/");

    $first += length for $page, map { scalar http_get($_) }
        $page =~ m{(?:href|src)="([^"]*\.(?:css|svg|png))"}g;

    cmp_ok($first, '<=', 14 * 1024, "$lang: the first page, with its headers "
        . "and all that it loads");
}

$t->done();
