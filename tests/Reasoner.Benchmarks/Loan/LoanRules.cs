using System.Buffers.Text;
using System.Text;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Benchmarks;

/// <summary>The loan rules, compiled over an empty base that is shared by all cases; a case is an overlay over it.</summary>
internal sealed class LoanRules
{
    private const string Vocabulary = "http://vocab.example/ns#";
    private static readonly SourceDocument _request = new(SourceKind.Request, "case");
    private readonly Materialization _baseline;
    private readonly RuleNames _names;
    private readonly int[] _numberFields;
    private readonly int _type, _application, _selfEmployed, _true, _false, _integer;
    private readonly int _outcome, _tier, _affordability, _risk, _declineReason, _referReason;

    public LoanRules(string file)
    {
        var graph = new KnowledgeGraph();
        var ruleSet = RuleSetReader.ReadFiles([file]).RuleSet;
        _names = new RuleNames(ruleSet);
        var terms = graph.Terms;
        int Property(string name) => terms.Add(new Iri(Vocabulary + name));
        _numberFields = [.. LoanCase.NumberFields.Select(Property)];
        (_type, _application, _selfEmployed) = (terms.Add(RdfVocabulary.Type), Property("Application"), Property("selfEmployed"));
        (_true, _false, _integer) = (terms.Add(new Literal("true", Xsd.Boolean)), terms.Add(new Literal("false", Xsd.Boolean)), terms.Add(Xsd.Integer));
        (_outcome, _tier, _affordability) = (Property("outcome"), Property("tier"), Property("affordability"));
        (_risk, _declineReason, _referReason) = (Property("risk"), Property("declineReason"), Property("referReason"));
        _baseline = Materializer.Materialize(RuleProgram.Compile(ruleSet, graph), graph);
        graph.Freeze();
    }

    /// <summary>An application's values in, a decision out; with proofs, one of each fact that the decision was read from.</summary>
    public LoanDecision Decide(LoanCase application, List<ProofNode>? proofs = null)
    {
        var graph = new KnowledgeGraph(_baseline.Graph);
        var subject = Assert(graph, application);
        var materialization = Materializer.Extend(_baseline, graph);
        var reasons = new List<string>();
        foreach (var predicate in (ReadOnlySpan<int>)[_declineReason, _referReason])
            foreach (var reason in graph.ObjectsOf(subject, predicate))
                reasons.Add(Text(graph, reason));
        var decision = new LoanDecision(
            Only(graph, subject, _outcome), Only(graph, subject, _tier), Only(graph, subject, _affordability), Only(graph, subject, _risk), reasons);
        if (proofs is not null) Prove(materialization, subject, proofs);
        return decision;
    }

    private int Assert(KnowledgeGraph graph, LoanCase application)
    {
        var terms = graph.Terms;
        var origin = graph.OriginOf(_request);
        Span<byte> text = stackalloc byte[128];
        "http://university.example/data/"u8.CopyTo(text);
        var length = "http://university.example/data/"u8.Length;
        length += Encoding.UTF8.GetBytes(application.Id, text[length..]);
        var subject = terms.AddIri(text[..length]);
        graph.Assert(subject, _type, _application, origin, 0);
        for (var i = 0; i < _numberFields.Length; i++)
        {
            Utf8Formatter.TryFormat(application.Numbers[i], text, out length);
            graph.Assert(subject, _numberFields[i], terms.AddLiteral(text[..length], _integer), origin, 0);
        }

        graph.Assert(subject, _selfEmployed, application.IsSelfEmployed ? _true : _false, origin, 0);
        return subject;
    }

    private void Prove(Materialization materialization, int subject, List<ProofNode> proofs)
    {
        var builder = new ProofBuilder(materialization, _names);
        foreach (var predicate in (ReadOnlySpan<int>)[_outcome, _tier, _affordability, _risk, _declineReason, _referReason])
            foreach (var @object in materialization.Graph.ObjectsOf(subject, predicate))
                proofs.Add(builder.Prove(new Fact(subject, predicate, @object))!);
    }

    private static string Only(KnowledgeGraph graph, int subject, int predicate) => Text(graph, graph.ObjectsOf(subject, predicate).Single());

    private static string Text(KnowledgeGraph graph, int term) => ((Literal)graph.Terms[term]).LexicalForm;
}
