using System.Collections.Immutable;
using System.Text;

namespace Reasoner.Rules;

/// <summary>
/// A rule's reason in words, with the rule's variables in braces: <c>Debt-to-income {dti} is above {ceiling}</c>. A
/// brace itself is written twice.
/// </summary>
public sealed class BecauseTemplate
{
    private readonly ImmutableArray<Part> _parts;

    private BecauseTemplate(string text, ImmutableArray<Part> parts)
    {
        Text = text;
        _parts = parts;
    }

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>The variables in it, in order of appearance, without repeats.</summary>
    public IEnumerable<string> Placeholders =>
        _parts.Where(part => part.IsVariable).Select(part => part.Text).Distinct();

    /// <summary>Reads a template.</summary>
    /// <param name="text">The text.</param>
    /// <param name="template">The template, where the text is one.</param>
    /// <param name="problem">What is wrong and what to do, where it is none.</param>
    public static bool TryParse(string text, out BecauseTemplate? template, out string? problem)
    {
        template = null;
        problem = null;
        var parts = ImmutableArray.CreateBuilder<Part>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is not ('{' or '}'))
            {
                literal.Append(c);
                continue;
            }

            if (i + 1 < text.Length && text[i + 1] == c)
            {
                literal.Append(c);
                i++;
                continue;
            }

            var end = c == '{' ? text.IndexOf('}', i) : -1;
            if (end < 0)
            {
                problem = $"the brace at character {i + 1} has no partner; write {c}{c} for a brace itself";
                return false;
            }

            var name = text[(i + 1)..end];
            if (name.Length == 0 || !NameCharacters.IsStart(name[0]) || !name.All(NameCharacters.IsVariablePart))
            {
                problem = $"{{{name}}} does not name a variable; write its name without the question mark";
                return false;
            }

            if (literal.Length > 0) parts.Add(new Part(literal.ToString(), false));
            literal.Clear();
            parts.Add(new Part(name, true));
            i = end;
        }

        if (literal.Length > 0) parts.Add(new Part(literal.ToString(), false));
        template = new BecauseTemplate(text, parts.DrainToImmutable());
        return true;
    }

    /// <summary>The reason with values in it; a variable without a value stays in its braces.</summary>
    /// <param name="valueOf">A variable's value in words, or null.</param>
    public string Render(Func<string, string?> valueOf)
    {
        var result = new StringBuilder();
        foreach (var part in _parts)
            result.Append(part.IsVariable ? valueOf(part.Text) ?? $"{{{part.Text}}}" : part.Text);
        return result.ToString();
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    private readonly record struct Part(string Text, bool IsVariable);
}
