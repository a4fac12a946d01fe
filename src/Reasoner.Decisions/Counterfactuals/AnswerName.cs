using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Decisions.Counterfactuals;

/// <summary>Finds the answer that a person means.</summary>
public static class AnswerName
{
    /// <summary>The answer of a name: its IRI, its curie in the manifest, its local name or its label; the last two in any case.</summary>
    /// <exception cref="UnknownAnswerException">The domain has no such answer.</exception>
    public static Iri Find(Domain domain, string name)
    {
        var wanted = name.StartsWith('<') && name.EndsWith('>') ? name[1..^1] : name;
        for (var i = 0; i < domain.Answers.Length; i++)
            if (wanted == domain.Answers[i].Value || wanted == domain.Manifest.Answers[i]) return domain.Answers[i];
        return domain.Answers.FirstOrDefault(answer => wanted.Equals(LocalName(answer), StringComparison.OrdinalIgnoreCase))
            ?? domain.Answers.FirstOrDefault(answer => wanted.Equals(domain.LabelOf(answer), StringComparison.OrdinalIgnoreCase))
            ?? throw Unknown(domain, wanted);
    }

    private static UnknownAnswerException Unknown(Domain domain, string name)
    {
        var names = domain.Answers.Select(LocalName).Concat(domain.Answers.Select(domain.LabelOf)).Concat(domain.Manifest.Answers);
        return new UnknownAnswerException(
            $"The domain {domain.Name} has no answer \"{name}\". It has {string.Join(", ", domain.Manifest.Answers)}{NearestName.Advice(name, names)}", domain.Manifest.Answers);
    }

    private static string LocalName(Iri answer) => CoreVocabulary.LocalName(answer.Value);
}

/// <summary>A domain has no answer of that name.</summary>
public sealed class UnknownAnswerException(string message, ImmutableArray<string> known) : Exception(message)
{
    /// <summary>The answers that it has, as its manifest writes them.</summary>
    public ImmutableArray<string> Known { get; } = known;
}

/// <summary>A domain's manifest lists no property that may change.</summary>
public sealed class NothingMayChangeException(string domain) : Exception(
    $"The manifest of the domain {domain} lists no property that may change. List them under \"counterfactuals\" in its domain.json; see ontologies/domain.schema.json.");
