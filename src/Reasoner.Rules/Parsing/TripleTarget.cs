using System.Collections.Immutable;
using System.Globalization;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// Where the triples that the parser reads go, and what differs between DATA blocks, heads and bodies: what blank nodes
/// mean, and whether variables and paths are allowed.
/// </summary>
internal abstract class TripleTarget
{
    private int _anonymous;

    public virtual bool AllowsVariables => true;

    public virtual bool AllowsPaths => false;

    /// <summary>A labelled blank node.</summary>
    public abstract PatternTerm BlankNode(string label);

    /// <summary>A blank node without a label. No label that an author writes starts with a dot.</summary>
    public virtual PatternTerm NewBlankNode() =>
        BlankNode("." + (++_anonymous).ToString(CultureInfo.InvariantCulture));

    public abstract void Add(
        PatternTerm subject, PatternTerm predicate, PatternTerm @object, SourcePosition position,
            SourcePosition objectPosition);
}

/// <summary>A DATA block: ground triples. Labels get the file's number, so that files never share a blank
/// node.</summary>
internal sealed class DataTarget(int fileNumber, ImmutableArray<PositionedTriple>.Builder data) : TripleTarget
{
    private readonly string _suffix = fileNumber.ToString(CultureInfo.InvariantCulture);
    private int _anonymous;

    public override bool AllowsVariables => false;

    public override PatternTerm BlankNode(string label) => new ConstantTerm(new BlankNode($"d{_suffix}_{label}"));

    public override PatternTerm NewBlankNode() =>
        new ConstantTerm(new BlankNode($"a{_suffix}_{(++_anonymous).ToString(CultureInfo.InvariantCulture)}"));

    public override void Add(
        PatternTerm subject, PatternTerm predicate, PatternTerm @object, SourcePosition position,
            SourcePosition objectPosition)
    {
        if (subject is ConstantTerm s && predicate is ConstantTerm p && @object is ConstantTerm o)
            data.Add(new PositionedTriple(new Triple(s.Term, p.Term, o.Term), objectPosition));
    }
}

/// <summary>A rule's head: templates; blank nodes stay, new for each solution.</summary>
internal sealed class HeadTarget : TripleTarget
{
    public ImmutableArray<TriplePattern>.Builder Templates { get; } = ImmutableArray.CreateBuilder<TriplePattern>();

    public override PatternTerm BlankNode(string label) => new ConstantTerm(new BlankNode(label));

    public override void Add(
        PatternTerm subject, PatternTerm predicate, PatternTerm @object, SourcePosition position,
            SourcePosition objectPosition) =>
        Templates.Add(new TriplePattern(subject, predicate, @object, position));
}

/// <summary>A rule's body: patterns; blank nodes are variables of the whole rule, those inside NOT too.</summary>
internal sealed class BodyTarget : TripleTarget
{
    private int _pathVariables;

    /// <summary>The sequence that elements go to: the body's, or that of the NOT being read.</summary>
    public ImmutableArray<BodyElement>.Builder Elements { get; set; } = ImmutableArray.CreateBuilder<BodyElement>();

    public override bool AllowsPaths => true;

    public override PatternTerm BlankNode(string label) => new Variable("_:" + label);

    public Variable NewPathVariable() => new("/" + (++_pathVariables).ToString(CultureInfo.InvariantCulture));

    public override void Add(
        PatternTerm subject, PatternTerm predicate, PatternTerm @object, SourcePosition position,
            SourcePosition objectPosition) =>
        Elements.Add(new PatternElement(new TriplePattern(subject, predicate, @object, position)));
}
