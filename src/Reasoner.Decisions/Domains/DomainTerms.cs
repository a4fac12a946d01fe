using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>Ids, in a domain's dictionary, of the terms that every decision uses.</summary>
internal sealed class DomainTerms
{
    public DomainTerms(TermDictionary terms, DomainManifest manifest)
    {
        Type = terms.Add(RdfVocabulary.Type);
        Candidate = terms.Add(CoreVocabulary.Candidate);
        About = terms.Add(CoreVocabulary.About);
        Answer = terms.Add(CoreVocabulary.Answer);
        Score = terms.Add(CoreVocabulary.Score);
        Violates = terms.Add(CoreVocabulary.Violates);
        SupportedBy = terms.Add(CoreVocabulary.SupportedBy);
        Inconsistency = terms.Add(CoreVocabulary.Inconsistency);
        SubjectClass = terms.Add(manifest.Expand(manifest.SubjectClass));
        SlotClass = manifest.Slots is null ? 0 : terms.Add(manifest.Expand(manifest.Slots.Class));
        Outcome = manifest.Label is null ? 0 : terms.Add(manifest.Expand(manifest.Label.Property));
        Answers = [.. manifest.Answers.Select(answer => terms.Add(manifest.Expand(answer)))];
        Candidates = [.. manifest.Answers.Select(answer => terms.Add(CandidateOf(manifest.Expand(answer))))];
        Fallback = manifest.Fallback is null ? -1 : manifest.Answers.IndexOf(manifest.Fallback.Answer);
    }

    public int Type { get; }

    public int Candidate { get; }

    public int About { get; }

    public int Answer { get; }

    public int Score { get; }

    public int Violates { get; }

    public int SupportedBy { get; }

    public int Inconsistency { get; }

    public int SubjectClass { get; }

    /// <summary>The class of slots; 0 where a case asks one question.</summary>
    public int SlotClass { get; }

    /// <summary>The property that holds a labelled case's outcome; 0 where there is none.</summary>
    public int Outcome { get; }

    /// <summary>The answers, in the manifest's order.</summary>
    public int[] Answers { get; }

    /// <summary>The candidates, one for each answer.</summary>
    public int[] Candidates { get; }

    /// <summary>The place of the answer that no label teaches; -1 where there is none.</summary>
    public int Fallback { get; }

    public static Iri CandidateOf(Iri answer) => new(CoreVocabulary.CandidateNamespace + CoreVocabulary.LocalName(answer.Value));
}
