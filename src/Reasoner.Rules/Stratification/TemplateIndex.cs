using System.Collections;
using System.Collections.Immutable;
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
    private readonly TemplateChains<Term> _byPredicate;
    private readonly TemplateChains<Term> _byPredicateAnyObject;
    private readonly TemplateChains<(Term Predicate, Term Object)> _byPredicateAndObject;
    private readonly TemplateChains<bool> _anyPredicate;
    private readonly TemplateChains<bool> _all;

    public TemplateIndex(ImmutableArray<Rule> rules)
    {
        var count = 0;
        foreach (var rule in rules) count += rule.Head.Length;
        var templates = new HeadTemplate[count];
        (_byPredicate, _byPredicateAnyObject, _byPredicateAndObject) = (new(templates), new(templates), new(templates));
        (_anyPredicate, _all) = (new(templates), new(templates));
        var number = 0;
        for (var rule = 0; rule < rules.Length; rule++)
        {
            foreach (var template in rules[rule].Head)
            {
                templates[number] = new HeadTemplate(rule, template);
                Add(number++, template);
            }
        }
    }

    /// <summary>The templates that the pattern could match by predicate and object; a superset of those that it
    /// matches.</summary>
    public CandidateTemplates Candidates(TriplePattern pattern)
    {
        if (pattern.Predicate is not ConstantTerm { Term: var predicate }) return new CandidateTemplates(_all.Of(true), default, default);
        if (pattern.Object is not ConstantTerm { Term: var @object })
            return new CandidateTemplates(_byPredicate.Of(predicate), _anyPredicate.Of(true), default);
        return new CandidateTemplates(
            _byPredicateAndObject.Of((predicate, @object)), _byPredicateAnyObject.Of(predicate), _anyPredicate.Of(true));
    }

    private void Add(int number, TriplePattern template)
    {
        _all.Add(true, number);
        if (template.Predicate is not ConstantTerm { Term: var predicate })
        {
            _anyPredicate.Add(true, number);
            return;
        }

        _byPredicate.Add(predicate, number);
        if (template.Object is ConstantTerm { Term: var @object }) _byPredicateAndObject.Add((predicate, @object), number);
        else _byPredicateAnyObject.Add(predicate, number);
    }
}

/// <summary>Templates by a key, those of one key in order: each points at the next.</summary>
internal sealed class TemplateChains<TKey>(HeadTemplate[] templates)
    where TKey : notnull
{
    private readonly Dictionary<TKey, (int First, int Last)> _ends = [];
    private int[] _next = [];

    public void Add(TKey key, int number)
    {
        if (_next.Length == 0) _next = new int[templates.Length];
        _next[number] = -1;
        ref var ends = ref CollectionsMarshal.GetValueRefOrAddDefault(_ends, key, out var exists);
        if (exists) _next[ends.Last] = number;
        else ends.First = number;
        ends.Last = number;
    }

    public TemplateChain Of(TKey key) => _ends.TryGetValue(key, out var ends) ? new TemplateChain(templates, _next, ends.First) : default;
}

/// <summary>Some templates, in order; the default value is none.</summary>
internal readonly struct TemplateChain(HeadTemplate[] templates, int[] next, int first) : IEnumerable<HeadTemplate>
{
    public Enumerator GetEnumerator() => new(templates, next, templates is null ? -1 : first);

    IEnumerator<HeadTemplate> IEnumerable<HeadTemplate>.GetEnumerator()
    {
        foreach (var template in this) yield return template;
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<HeadTemplate>)this).GetEnumerator();

    /// <summary>Walks along a chain.</summary>
    public struct Enumerator(HeadTemplate[] templates, int[] next, int first)
    {
        private int _number = -1;
        private int _following = first;

        public readonly HeadTemplate Current => templates[_number];

        public bool MoveNext()
        {
            if (_following < 0) return false;
            _number = _following;
            _following = next[_number];
            return true;
        }
    }
}

/// <summary>Up to three chains of templates, in turn.</summary>
internal readonly record struct CandidateTemplates(TemplateChain First, TemplateChain Second, TemplateChain Third);
