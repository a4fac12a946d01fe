using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>Functions on strings (SPARQL 1.2 Query, 17.4.3). Positions and lengths count code points.</summary>
internal static class StringFunctions
{
    public static FunctionDefinition[] All =>
    [
        new(Function.Concat, "CONCAT", 0, int.MaxValue, static (a, _) => Concat(a)),
        new(Function.Substr, "SUBSTR", 2, 3, static (a, _) => Substr(a)),
        new(Function.StrLen, "STRLEN", 1, 1, static (a, _) => StrLen(a[0])),
        new(Function.Replace, "REPLACE", 3, 4, Replace),
        new(Function.UCase, "UCASE", 1, 1, static (a, _) => Map(a[0], static text => text.ToUpperInvariant())),
        new(Function.LCase, "LCASE", 1, 1, static (a, _) => Map(a[0], static text => text.ToLowerInvariant())),
        new(Function.EncodeForUri, "ENCODE_FOR_URI", 1, 1, static (a, _) => EncodeForUri(a[0])),
        new(Function.Contains, "CONTAINS", 2, 2, static (a, _) => Test(
            a, static (text, part) => text.Contains(part, StringComparison.Ordinal))),
        new(Function.StrStarts, "STRSTARTS", 2, 2, static (a, _) => Test(
            a, static (text, part) => text.StartsWith(part, StringComparison.Ordinal))),
        new(Function.StrEnds, "STRENDS", 2, 2, static (a, _) => Test(
            a, static (text, part) => text.EndsWith(part, StringComparison.Ordinal))),
        new(Function.StrBefore, "STRBEFORE", 2, 2, static (a, _) => Split(
            a[0], a[1], static (text, at, _) => text[..at])),
        new(Function.StrAfter, "STRAFTER", 2, 2, static (a, _) => Split(
            a[0], a[1], static (text, at, length) => text[(at + length)..])),
        new(Function.Regex, "REGEX", 2, 3, Matches),
    ];

    /// <summary>A string with the same language tag and direction, or lack of them, as another.</summary>
    private static Value Like(in Value model, string text) => model.Language is { } language
        ? Value.FromString(text, language, model.Direction)
        : Value.FromString(text);

    /// <summary>
    /// Argument compatibility (17.4.3.1.2): the second has no language, or the same one as the first.
    /// </summary>
    private static bool AreCompatible(in Value first, in Value second)
    {
        if (first.Text is null || second.Text is null) return false;
        return second.Kind == ValueKind.String
            || (first.Language == second.Language && first.Direction == second.Direction);
    }

    private static Value StrLen(in Value value) =>
        value.Text is { } text ? Value.FromInteger(CountCodePoints(text)) : Value.Error;

    private static Value Map(in Value value, Func<string, string> change) =>
        value.Text is { } text ? Like(value, change(text)) : Value.Error;

    private static Value EncodeForUri(in Value value) =>
        value.Text is { } text ? Value.FromString(Uri.EscapeDataString(text)) : Value.Error;

    private static Value Test(ReadOnlySpan<Value> arguments, Func<string, string, bool> test) =>
        AreCompatible(arguments[0], arguments[1])
            ? Value.FromBoolean(test(arguments[0].Text!, arguments[1].Text!))
            : Value.Error;

    private static Value Concat(ReadOnlySpan<Value> arguments)
    {
        if (arguments.IsEmpty) return Value.FromString("");
        var text = new StringBuilder();
        var haveOneLanguage = true;
        foreach (ref readonly var argument in arguments)
        {
            if (argument.Text is not { } part) return Value.Error;
            text.Append(part);
            haveOneLanguage &=
                argument.Language == arguments[0].Language && argument.Direction == arguments[0].Direction;
        }

        return haveOneLanguage ? Like(arguments[0], text.ToString()) : Value.FromString(text.ToString());
    }

    private static Value Substr(ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Text is not { } text || !arguments[1].TryGetInteger(out var start)) return Value.Error;
        var length = long.MaxValue;
        if (arguments.Length == 3 && !arguments[2].TryGetInteger(out length)) return Value.Error;
        // Positions from 1; a start before the text uses up part of the length.
        var from = OffsetOf(text, (Int128)start - 1);
        var to = OffsetOf(text, (Int128)start - 1 + length);
        return Like(arguments[0], text[from..Math.Max(from, to)]);
    }

    private static bool HasSurrogates(string text) => text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');

    private static int CountCodePoints(string text)
    {
        if (!HasSurrogates(text)) return text.Length;
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }

    /// <summary>Where a code point starts, clipped to the text.</summary>
    private static int OffsetOf(string text, Int128 codePoint)
    {
        var wanted = (int)Int128.Clamp(codePoint, 0, text.Length);
        if (!HasSurrogates(text)) return wanted;
        var offset = 0;
        for (; wanted > 0 && offset < text.Length; wanted--) offset += char.IsSurrogatePair(text, offset) ? 2 : 1;

        return offset;
    }

    private static Value Split(in Value text, in Value separator, Func<string, int, int, string> part)
    {
        if (!AreCompatible(text, separator)) return Value.Error;
        var at = text.Text!.IndexOf(separator.Text!, StringComparison.Ordinal);
        // Not found gives a string without language: only what is part of the text keeps the text's language.
        return at < 0 ? Value.FromString("") : Like(text, part(text.Text!, at, separator.Text!.Length));
    }

    private static Value Matches(ReadOnlySpan<Value> arguments, EvaluationContext context)
    {
        if (arguments[0].Text is not { } text) return Value.Error;
        return TryGetPattern(arguments, 1, 2, context, out var pattern, out var failure)
            ? pattern.IsMatch(text)
            : failure;
    }

    private static Value Replace(ReadOnlySpan<Value> arguments, EvaluationContext context)
    {
        if (arguments[0].Text is not { } text || arguments[2].Kind != ValueKind.String) return Value.Error;
        if (!TryGetPattern(arguments, 1, 3, context, out var pattern, out var failure)) return failure;
        var replaced = pattern.Replace(text, arguments[2].Text!);
        return replaced.Kind == ValueKind.String ? Like(arguments[0], replaced.Text!) : replaced;
    }

    private static bool TryGetPattern(
        ReadOnlySpan<Value> arguments,
        int patternAt,
        int flagsAt,
        EvaluationContext context,
        out XPathPattern pattern,
        out Value failure)
    {
        pattern = XPathPattern.None;
        failure = Value.Error;
        if (arguments[patternAt].Kind != ValueKind.String) return false;
        var flags = "";
        if (arguments.Length > flagsAt)
        {
            if (arguments[flagsAt].Kind != ValueKind.String) return false;
            flags = arguments[flagsAt].Text!;
        }

        pattern = context.Patterns.Get(arguments[patternAt].Text!, flags);
        if (pattern.Failure is null) return true;
        failure = Value.Failure(pattern.Failure);
        return false;
    }
}
