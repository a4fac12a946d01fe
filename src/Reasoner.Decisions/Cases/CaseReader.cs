using Reasoner.Decisions.Counterfactuals;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>Reads cases into overlays over a domain's graph, and refuses those that say what no case may say.</summary>
internal sealed class CaseReader
{
    private static readonly Iri _defaultSubject = new("urn:reasoner:case");
    private readonly Domain _domain;
    private readonly HashSet<int> _derived;
    private readonly bool _derivesAnything;
    private readonly HashSet<int> _declared;
    private readonly HashSet<int> _mayBeStated;

    public CaseReader(Domain domain)
    {
        _domain = domain;
        var terms = domain.Baseline.Graph.Terms;
        var heads = domain.Rules.Rules.Where(rule => rule.Origin.Length == 0).SelectMany(rule => rule.Head).Select(template => template.Predicate).ToList();
        _derived = [.. heads.OfType<Rules.ConstantTerm>().Select(constant => terms.Find(constant.Term))];
        _derivesAnything = heads.Any(head => head is Rules.Variable);
        _declared = [.. domain.Ontology
            .Where(fact => fact.Triple.Predicate == RdfVocabulary.Type && fact.Triple.Object is Iri type && type.Value.EndsWith("Property", StringComparison.Ordinal))
            .Select(fact => terms.Find(fact.Triple.Subject))];
        _mayBeStated = [.. _declared.Where(predicate => predicate != 0 && ProblemOf(predicate, NameOf(terms, predicate)) is null), domain.Terms.Type];
    }

    /// <summary>Reads a case into a new overlay.</summary>
    /// <returns>The overlay with the case's facts, and the subject's id.</returns>
    /// <exception cref="CaseFormatException">The JSON is malformed or not understood.</exception>
    /// <exception cref="RdfSyntaxException">The Turtle is malformed.</exception>
    /// <exception cref="CaseRefusedException">The case is about nothing, or about several things, or states what only rules may conclude.</exception>
    public (KnowledgeGraph Overlay, int Subject) Read(CaseInput input, bool trusted, CancellationToken cancellation)
    {
        var overlay = new KnowledgeGraph(_domain.Baseline.Graph);
        var limit = _domain.Manifest.Limits.CaseBytes;
        if (input.Body.Length > limit) throw new CaseTooLargeException(input.Body.Length, limit);
        switch (input.MediaType)
        {
            case CaseInput.Json:
                JsonCaseReader.Read(
                    input.Body, _domain.Context, overlay, new SourceDocument(SourceKind.Request, input.Name), new JsonCaseOptions { Subject = _defaultSubject, MaxBytes = limit }, cancellation);
                break;
            case CaseInput.Turtle:
                var loader = new GraphLoader(overlay, new SourceDocument(SourceKind.Request, input.Name));
                TurtleReader.Read<GraphLoader, int>(
                    input.Body, ref loader, new RdfReaderOptions { FileName = input.Name, BaseIri = _defaultSubject.Value }, cancellation);
                break;
            default:
                ReadRow(input.Row!, overlay);
                break;
        }

        // A row of a table teaches the model, which answers slot by slot.
        var subject = SubjectOf(overlay, input.Row is not null && _domain.Terms.SlotClass != 0 ? _domain.Terms.SlotClass : _domain.Terms.SubjectClass);
        if (!input.Changes.IsEmpty) (overlay, subject) = CaseChanges.Apply(_domain, overlay, subject, input.Changes);
        if (!trusted) RefuseConclusions(overlay);
        return (overlay, subject);
    }

    private static void ReadRow(TableRow row, KnowledgeGraph overlay)
    {
        if (!row.IsValid)
        {
            throw new CaseRefusedException(
                $"Row {row.Number} of {row.TableName} does not fit its table.",
                [.. row.Errors.Select(error => new CaseProblem($"{row.TableName} row {error.Row}, column {error.Column}", error.Reason))]);
        }

        row.LoadInto(overlay);
    }

    private int SubjectOf(KnowledgeGraph overlay, int subjectClass)
    {
        var subjects = new List<int>(1);
        if (overlay.OwnRelation(_domain.Terms.Type) is { } types)
        {
            for (var row = 0; row < types.Count; row++)
                if (types.Objects[row] == subjectClass) subjects.Add(types.Subjects[row]);
        }

        if (subjects.Count == 1) return subjects[0];
        var className = CoreVocabulary.LocalName(overlay.Terms[subjectClass] is Iri iri ? iri.Value : "");
        throw subjects.Count switch
        {
            0 => new CaseRefusedException(
                $"The case says of nothing that it is a {className}; give its root \"@type\": \"{className}\".", []),
            _ => new CaseRefusedException(
                $"The case is about {subjects.Count} things of the class {className}; give one case for each.",
                [.. subjects.Take(10).Select(subject => new CaseProblem(overlay.Terms[subject].ToString()!, $"is a {className}"))]),
        };
    }

    private void RefuseConclusions(KnowledgeGraph overlay)
    {
        List<CaseProblem>? problems = null;
        foreach (var relation in overlay.OwnRelations)
        {
            if (_mayBeStated.Contains(relation.Predicate)) continue;
            var name = NameOf(overlay.Terms, relation.Predicate);
            if (ProblemOf(relation.Predicate, name) is not { } problem) continue;
            var source = overlay.SourceOf(relation.OriginOf(0), relation.StampOf(0));
            (problems ??= []).Add(new CaseProblem(source.ToString(), $"{CoreVocabulary.LocalName(name.Value)} {problem}"));
        }

        if (problems is not null) throw new CaseRefusedException("The case states what it may not state.", [.. problems]);
    }

    private static Iri NameOf(TermDictionary terms, int predicate) => terms[predicate] as Iri ?? RdfVocabulary.Nil;

    /// <summary>Why a case may not use a predicate; null where it may.</summary>
    private string? ProblemOf(int predicate, Iri name) =>
        name.Value.StartsWith(CoreVocabulary.Namespace, StringComparison.Ordinal) || _derived.Contains(predicate)
            ? "is for the rules to conclude; a case may not state it"
            : !_declared.Contains(predicate) && !_derivesAnything
                ? $"is no property of the ontology{Nearest(name)}"
                : null;

    private string Nearest(Iri name)
    {
        var terms = _domain.Baseline.Graph.Terms;
        var names = _declared.Except(_derived).Select(id => CoreVocabulary.LocalName(((Iri)terms[id]).Value));
        return NearestName.Advice(CoreVocabulary.LocalName(name.Value), names);
    }
}

/// <summary>A case is larger than the domain takes.</summary>
public sealed class CaseTooLargeException(long bytes, long limit)
    : Exception($"The case has {bytes} bytes; at most {limit} are taken. Leave out what the domain does not ask for, or split the case.");
