using System.Runtime.InteropServices;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>A template of a rule's head.</summary>
/// <param name="Rule">The rule's number in its rule set.</param>
/// <param name="Template">The template.</param>
internal readonly record struct HeadTemplate(int Rule, TriplePattern Template);

/// <summary>
/// The templates of all heads, found by what a pattern asks for, so that a rule set of many rules is not compared rule
/// by rule: rdf:type patterns of a taxonomy differ in their object, other patterns in their predicate.
/// </summary>
internal sealed class TemplateIndex
{
    private readonly List<HeadTemplate> _all = [];
    private readonly List<HeadTemplate> _anyPredicate = [];
    private readonly Dictionary<Term, List<HeadTemplate>> _byPredicate = [];
    private readonly Dictionary<Term, List<HeadTemplate>> _byPredicateAnyObject = [];
    private readonly Dictionary<(Term Predicate, Term Object), List<HeadTemplate>> _byPredicateAndObject = [];

    public TemplateIndex(IReadOnlyList<Rule> rules)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            foreach (var template in rules[i].Head) Add(new HeadTemplate(i, template));
        }
    }

    /// <summary>The templates that the pattern could match by predicate and object; a superset of those that it
    /// matches.</summary>
    public CandidateTemplates Candidates(TriplePattern pattern)
    {
        if (pattern.Predicate is not ConstantTerm { Term: var predicate }) return new CandidateTemplates(_all, [], []);
        if (pattern.Object is not ConstantTerm { Term: var @object })
            return new CandidateTemplates(_byPredicate.GetValueOrDefault(predicate) ?? [], _anyPredicate, []);
        return new CandidateTemplates(
            _byPredicateAndObject.GetValueOrDefault((predicate, @object)) ?? [],
            _byPredicateAnyObject.GetValueOrDefault(predicate) ?? [],
            _anyPredicate);
    }

    private void Add(HeadTemplate entry)
    {
        _all.Add(entry);
        if (entry.Template.Predicate is not ConstantTerm { Term: var predicate })
        {
            _anyPredicate.Add(entry);
            return;
        }

        ListOf(_byPredicate, predicate).Add(entry);
        if (entry.Template.Object is ConstantTerm { Term: var @object }) ListOf(
            _byPredicateAndObject, (predicate, @object)).Add(entry);
        else ListOf(_byPredicateAnyObject, predicate).Add(entry);
    }

    private static List<HeadTemplate> ListOf<TKey>(Dictionary<TKey, List<HeadTemplate>> lists, TKey key)
        where TKey : notnull =>
        CollectionsMarshal.GetValueRefOrAddDefault(lists, key, out _) ??= [];
}

/// <summary>Up to three lists of templates, in turn.</summary>
internal readonly record struct CandidateTemplates(
    List<HeadTemplate> First, List<HeadTemplate> Second, List<HeadTemplate> Third);
