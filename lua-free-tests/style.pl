#!/usr/bin/perl

# Copyright (C) The RFL authors

# style.pl FILE...: what nginx's style asks of C sources and can be checked
# by reading lines.  Prints "file:line: what is wrong", exits with 1 if
# anything is.  With --selftest it checks itself.

use strict;
use warnings;

use Encode qw(decode);


my $MAX_LINES = 700;
my $COLUMNS = 80;


sub check {
    my ($name, $text) = @_;

    my @found;
    my $say = sub { push @found, "$name:$_[0]: $_[1]" };

    my @lines = split /\n/, $text, -1;

    if (pop @lines) {
        $say->(scalar @lines + 1, 'no newline at the end of the file');
    }

    if (@lines > $MAX_LINES) {
        $say->(scalar @lines, "more than $MAX_LINES lines: split the file");
    }

    if ($text !~ m{\A\n/\*\n \* Copyright \(C\) The RFL authors\n \*\n}) {
        $say->(1, 'the file does not start with an empty line and the header');
    }

    # the code without comments, strings and character constants, the same
    # number of lines

    my $code = $text;

    $code =~ s{
        (/\*.*?\*/) | ("(?:[^"\\\n]|\\.)*") | ('(?:[^'\\\n]|\\.)*')
    }{
        my $all = $&;
        defined $1 ? $all =~ s/[^\n]//gr : defined $2 ? '""' : "'x'"
    }gsex;

    my @code = split /\n/, $code, -1;

    my $blank = 0;
    my $previous_end;

    for my $i (0 .. $#lines) {
        my ($line, $n, $c) = ($lines[$i], $i + 1, $code[$i] // '');

        $say->($n, 'a tab') if $line =~ /\t/;
        $say->($n, 'space at the end of the line') if $line =~ /[ \r]$/;

        my $width = length decode('UTF-8', $line);
        $say->($n, "$width columns, more than $COLUMNS")
            if $width > $COLUMNS;

        $say->($n, 'a comment that starts with //') if $c =~ m{//};
        $say->($n, 'no space after the keyword')
            if $c =~ /\b(?:if|for|while|switch|return)\(/;
        $say->($n, 'an opening brace without a space before it')
            if $c =~ /\)\{/;
        $say->($n, 'an assignment in a condition of if')
            if $c =~ /\bif \([^=!<>]*[^=!<>]=[^=].*\) \{/;
        $say->($n, 'a pointer compared with zero: write NULL')
            if $c =~ /\bif \(!\w+->(?:data|next|prev)\)/;

        if ($c =~ /^\s*typedef (?:struct|enum|union)\b.*\s(\w+);$/
            || $c =~ /^\}\s*(\w+);$/ && is_typedef(\@code, $i))
        {
            $say->($n, "type $1 does not end in _t, _e or _pt")
                if $1 !~ /_(?:t|e|pt|u)$/;
        }

        if ($line eq '') {
            $blank++;
            $say->($n, 'three blank lines') if $blank == 3;
            next;
        }

        # a function: its name at the start of a line, its brace on the next

        if ($c =~ /^(?:[a-z]\w*)\(/ && $c !~ /;$/ && $i > 0
            && ($code[$i - 1] // '') =~ /^[a-z][\w\s\*]*$/)
        {
            my $end = $previous_end;

            $say->($n, 'one blank line or none before the function, not two')
                if defined $end && $i - 1 - comment_above(\@lines, $i - 1)
                                   - $end - 1 != 2;
        }

        if ($c =~ /^[a-z][\w \*]*[ \*]\w+\([^;]*\)$/
            && ($code[$i + 1] // '') =~ /^\{/)
        {
            $say->($n, 'the return type stands on its own line');
        }

        $previous_end = $i if $line eq '}';
        $blank = 0;
    }

    return @found;
}


# does the brace that ends here belong to a typedef?

sub is_typedef {
    my ($code, $i) = @_;

    while (--$i >= 0) {
        return 1 if $code->[$i] =~ /^typedef\b/;
        return 0 if $code->[$i] =~ /^\}/ || $code->[$i] =~ /^[a-z].*[\{;]$/;
    }

    return 0;
}


# how many lines of comment, preprocessor and declarations stand directly
# above line i

sub comment_above {
    my ($lines, $i) = @_;

    my $n = 0;

    while ($i - 1 - $n >= 0 && $lines->[$i - 1 - $n] ne ''
           && $lines->[$i - 1 - $n] ne '}')
    {
        $n++;
    }

    # a comment that is set off by a blank line, and what is not a function,
    # are counted as well, up to the end of the function before

    while ($i - 1 - $n >= 0 && $lines->[$i - 1 - $n] ne '}') {
        my $m = $n;

        $m++ while $i - 1 - $m >= 0 && $lines->[$i - 1 - $m] eq '';

        last if $i - 1 - $m < 0 || $lines->[$i - 1 - $m] eq '}';

        $n = $m;
        $n++ while $i - 1 - $n >= 0 && $lines->[$i - 1 - $n] ne ''
                   && $lines->[$i - 1 - $n] ne '}';
    }

    return $n;
}


sub selftest {
    my $header = "\n/*\n * Copyright (C) The RFL authors\n *\n * x.c: x.\n"
        . " */\n\n\n";
    my $body = "static int\nrfl_f(int a)\n{\n    return a;\n}\n";

    my %bad = (
        'a tab' => "$header\tint  a;\n",
        'space at the end' => "$header$body \n",
        'columns' => $header . '/* ' . 'x' x 80 . " */\n",
        'starts with //' => "$header// no\n",
        'no space after' => "$header${body}\n\nint\nf(void)\n{\n    if(a) {\n"
                            . "    }\n}\n",
        'header' => $body,
        'lines: split' => $header . "int  a;\n" x $MAX_LINES,
        'does not end in _t' => "${header}typedef struct {\n    int  a;\n"
                                . "} rfl_thing;\n",
        'not two' => "$header$body\n$body",
        'three blank' => "$header$body\n\n\n$body",
        'own line' => "${header}static int rfl_f(int a)\n{\n}\n",
        'no newline' => "$header${body}int  a;",
        'brace without' => "$header${body}\n\nint\nf(int a)\n{\n"
                           . "    while (a){\n    }\n}\n",
        'assignment' => "$header${body}\n\nint\nf(int a)\n{\n"
                        . "    if (a = 1) {\n    }\n}\n",
    );

    my $rc = 0;

    for my $what (sort keys %bad) {
        if (!grep { /\Q$what\E/ } check('x.c', $bad{$what})) {
            print "selftest: \"$what\" is not found\n";
            $rc = 1;
        }
    }

    my @found = check('x.c', "$header$body\n\n/* why */\n\n$body\n\n"
                      . "static char  url[] = \"http://x\";\n\n\n"
                      . "typedef struct {\n    int  a;\n} rfl_x_t;\n\n\n"
                      . $body);

    if (@found) {
        print map { "selftest: $_\n" } @found;
        $rc = 1;
    }

    return $rc;
}


exit selftest() if @ARGV && $ARGV[0] eq '--selftest';

my $rc = 0;

for my $name (@ARGV) {
    open my $f, '<:raw', $name or die "$name: $!\n";
    local $/;

    my @found = check($name, scalar <$f>);

    print map { "$_\n" } @found;
    $rc = 1 if @found;
}

exit $rc;
