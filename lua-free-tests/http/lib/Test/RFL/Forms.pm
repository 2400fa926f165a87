package Test::RFL::Forms;

# Copyright (C) The RFL authors

=encoding utf8

=head1 NAME

Test::RFL::Forms - a visitor who fills in forms, and the office that opens
what was sent

=head1 SYNOPSIS

    use Test::RFL::Forms;

    my $office = office($rfl);         # its keys are in the trust file now
    $t->reload();

    my $page = form('alive');          # start
    $page = form('alive', $page, adult => 'yes');
    $page = walk('alive', %answers);   # up to the check page
    $page = form('alive', $page, go => 'send');

    my @sent = $office->opened();      # what is in the inbox, as Perl data

A page is what parse() returns, with state, entry, h1, title and text (the
body without markup) besides.

=cut


use strict;
use warnings;
use utf8;

use base 'Exporter';

use Encode qw(decode_utf8);
use JSON::PP ();
use POSIX qw(strftime);

use Test::RFL;


our @EXPORT = qw(office form walk page answers);

my $json = JSON::PP->new->utf8->canonical;

# the steps of each form, and which answers belong to them

our %steps = (
    alive => [ [ qw(adult) ], [ qw(name name_other father mother) ],
               [ qw(birth_year age sex country place event) ],
               [ qw(phone email reach talk) ], [ qw(consent status show) ] ],
    looking => [ [ qw(name name_other father mother) ],
                 [ qw(birth_year age sex country place event) ],
                 [ qw(relation tie) ], [ qw(last_when last_where words) ],
                 [ qw(sender phone email reach talk) ], [ qw(consent) ] ],
    message => [ [ qw(message) ],
                 [ qw(sender relation phone email reach talk) ] ],
    withdraw => [ [ qw(wish code name words phone email reach) ] ],
    report => [ [ qw(why words) ],
                [ qw(sender phone email reach talk) ] ],
);

# what a visitor may answer

our %answers = (
    alive => { adult => 'yes', name => 'Zarquela Vostrikane',
               name_other => 'زرقويلة الفسطريكان', birth_year => '1975',
               place => 'a village by the river', phone => '+41 79 555 01 99',
               consent => 'match_only' },
    looking => { name => 'Zarquela Vostrikane', relation => 'sister',
                 tie => 'we grew up together', last_when => 'in spring',
                 last_where => "at the bridge\nby the mill",
                 sender => 'Boris Abendroth', phone => '+41 79 555 01 99',
                 consent => 'match_only' },
    message => { message => 'I am well, please call me.',
                 sender => 'Boris Abendroth', phone => '+41 79 555 01 99' },
    withdraw => { name => 'Zarquela Vostrikane', words => 'Take it down.',
                  phone => '+41 79 555 01 99' },
    report => { why => 'danger', words => 'Take care of her.',
                sender => 'Boris Abendroth', phone => '+41 79 555 01 99' },
);


sub answers {
    my ($form, %more) = @_;

    my %all = (%{$answers{$form}}, %more);

    return map { $_ => $all{$_} } grep { defined $all{$_} } keys %all;
}


sub page {
    my $p = parse(shift);

    ($p->{state}) = $p->{body} =~ /name="state" value="([^"]*)"/;
    ($p->{entry}) = $p->{body} =~ /name="entry" value="([^"]*)"/;

    $p->{html} = decode_utf8($p->{body});
    ($p->{h1}) = $p->{html} =~ m{<h1[^>]*>(.*?)</h1>}s;
    ($p->{title}) = $p->{html} =~ m{<title>(.*?)</title>}s;

    $p->{text} = $p->{html} =~ s/<[^>]*>/ /gr =~ s/&#?\w+;//gr =~ s/\s+/ /gr;

    return $p;
}


# presses a button of a page, or begins; lang, port, ... as search() has them

sub form {
    my ($form, @rest) = @_;

    my $from = ref $rest[0] ? shift @rest : {};
    my %fields = @rest;
    my %headers;

    for my $name (qw(port timeout start socket), 'X-Real-IP') {
        $headers{$name} = delete $fields{$name} if exists $fields{$name};
    }

    my $lang = delete $fields{lang} || 'en';

    for my $name (qw(state entry)) {
        $fields{$name} //= $from->{$name} if defined $from->{$name};
    }

    my $answer = http_post("/$lang/$form", \%fields, %headers);

    return $headers{start} ? $answer : page($answer);
}


# from the first step to the check page; go => '...' of the last press

sub walk {
    my ($form, %answers) = @_;

    my %start = map { $_ => delete $answers{$_} }
        grep { exists $answers{$_} } qw(entry lang);
    my $p = form($form, %start);

    for my $step (@{$steps{$form}}) {
        my %mine = map { $_ => $answers{$_} }
            grep { exists $answers{$_} } @$step;

        $p = form($form, $p, %mine,
                  $start{lang} ? (lang => $start{lang}) : ());
    }

    return $p;
}


# the office: makes its keys and puts them into the trust file

sub office {
    my ($rfl, %opt) = @_;

    my $self = bless { rfl => $rfl, society => 'northland' }, __PACKAGE__;

    $self->publish(%opt);

    return $self;
}


# new keys; sign => 0: wrongly signed; days => [from, to] from today on; a
# sub: what else to do to the society in the trust file

sub publish {
    my ($self, %opt) = @_;

    my $days = $opt{days} || [ -1, 30 ];

    my $keys = $self->_ask(op => 'keys', society => $self->{society},
        sign => $opt{sign} // JSON::PP::true,
        days => [ map { strftime '%Y-%m-%d', gmtime time() + $_ * 86400 }
                  @$days ]);

    $self->{secret} = $keys->{secret};

    $self->{rfl}->trust(sub {
        my ($society) = grep { $_->{id} eq $self->{society} }
            @{$_[0]{societies}};

        $society->{root} = $keys->{root};
        $society->{inbox_keys} = $keys->{inbox_keys};
        $opt{change}->($society) if $opt{change};
    });
}


sub lists {
    my $self = shift;

    my @lists = sort @{$self->{rfl}{inbox}->cmd('KEYS', 'in:*')};

    return @lists;
}


# all boxes, as they lie there

sub boxes {
    my ($self, $society) = @_;

    $society ||= $self->{society};

    return map { @{$self->{rfl}{inbox}->cmd('LRANGE', $_, 0, -1)} }
        grep { /^in:\Q$society\E:/ } $self->lists();
}


sub opened {
    my ($self, @boxes) = @_;

    @boxes = $self->boxes() if !@boxes;

    return @{$self->_ask(op => 'open', secret => $self->{secret},
                         boxes => [ map { unpack 'H*', $_ } @boxes ])};
}


# forgets what was sent

sub clear {
    my $self = shift;

    $self->{rfl}{inbox}->cmd('DEL', $_) for $self->lists();
}


sub _ask {
    my ($self, %ask) = @_;

    return $self->{rfl}{t}->python('inbox.py', %ask);
}


1;
