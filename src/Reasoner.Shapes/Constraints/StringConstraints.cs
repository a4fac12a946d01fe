using System.Text.RegularExpressions;
using Reasoner.Rdf;

namespace Reasoner.Shapes;

/// <summary>sh:minLength and sh:maxLength (SHACL, sections 4.4.1 and 4.4.2), in characters.</summary>
internal sealed class LengthConstraint(int length, bool isLeast) : ValueConstraint(isLeast ? "MinLength" : "MaxLength")
{
    private protected override bool IsMet(in Focus focus, int value)
    {
        if (focus.Run.TextOf(value) is not { } text) return false;
        var count = text.EnumerateRunes().Count();
        return isLeast ? count >= length : count <= length;
    }

    private protected override string Explain(in Focus focus, int value) =>
        $"{focus.Text(value)} does not have {(isLeast ? "at least" : "at most")} {length} characters";
}

/// <summary>sh:pattern (SHACL, section 4.4.3).</summary>
internal sealed class PatternConstraint(Regex pattern) : ValueConstraint("Pattern")
{
    private protected override bool IsMet(in Focus focus, int value) => focus.Run.TextOf(value) is { } text && pattern.IsMatch(text);

    private protected override string Explain(in Focus focus, int value) => $"{focus.Text(value)} does not match the pattern '{pattern}'";
}

/// <summary>sh:languageIn (SHACL, section 4.4.4).</summary>
internal sealed class LanguageInConstraint(IReadOnlyList<string> languages) : ValueConstraint("LanguageIn")
{
    private protected override bool IsMet(in Focus focus, int value)
    {
        if (focus.Run.Graph.Terms[value] is not Literal { Language: { } language }) return false;
        foreach (var range in languages)
        {
            // Basic filtering of RFC 4647: the range is the whole tag, or ends where a subtag ends.
            if (language.StartsWith(range, StringComparison.OrdinalIgnoreCase) && (language.Length == range.Length || language[range.Length] == '-')) return true;
        }

        return false;
    }

    private protected override string Explain(in Focus focus, int value) => $"{focus.Text(value)} is not in {string.Join(", ", languages)}";
}

/// <summary>sh:uniqueLang (SHACL, section 4.4.5).</summary>
internal sealed class UniqueLanguageConstraint() : Constraint("UniqueLang")
{
    public override bool Check(in Focus focus)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var value in focus.Values)
        {
            if (focus.Run.Graph.Terms[value] is Literal { Language: { } language })
                counts[language] = counts.GetValueOrDefault(language) + 1;
        }

        var conforms = true;
        foreach (var (language, count) in counts)
        {
            if (count < 2) continue;
            if (focus.IsSilent) return false;
            focus.Report(this, 0, $"has {count} values in language '{language}'; one is allowed");
            conforms = false;
        }

        return conforms;
    }
}
