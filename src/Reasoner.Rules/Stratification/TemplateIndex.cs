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
    private readonly HeadTemplate[] _templates;
    private readonly Dictionary<Term, PredicateTemplates> _byPredicate = [];

    // A template is in one chain of each array: that of all or of its predicate's; that of its object's or of any object's.
    private readonly int[] _next;
    private readonly int[] _nextOfObject;
    private int _lastOfAnyPredicate = -1;

    public TemplateIndex(ImmutableArray<Rule> rules)
    {
        var count = 0;
        foreach (var rule in rules) count += rule.Head.Length;
        _templates = new HeadTemplate[count];
        _next = new int[count];
        _nextOfObject = new int[count];
        var number = 0;
        for (var rule = 0; rule < rules.Length; rule++)
        {
            foreach (var template in rules[rule].Head)
            {
                _templates[number] = new HeadTemplate(rule, template);
                Add(number++, template);
            }
        }
    }

    /// <summary>The templates that the pattern could match by predicate and object; a superset of those that it
    /// matches.</summary>
    public CandidateTemplates Candidates(TriplePattern pattern)
    {
        if (pattern.Predicate is not ConstantTerm { Term: var predicate }) return new CandidateTemplates(new TemplateChain(_templates), default, default);
        var anyPredicate = Chain(_next, _lastOfAnyPredicate);
        if (!_byPredicate.TryGetValue(predicate, out var templates)) return new CandidateTemplates(default, default, anyPredicate);
        if (pattern.Object is not ConstantTerm { Term: var @object }) return new CandidateTemplates(Chain(_next, templates.Last), default, anyPredicate);
        return new CandidateTemplates(
            Chain(_nextOfObject, templates.LastByObject.GetValueOrDefault(@object) - 1), Chain(_nextOfObject, templates.LastOfAnyObject), anyPredicate);
    }

    private void Add(int number, TriplePattern template)
    {
        if (template.Predicate is not ConstantTerm { Term: var predicate })
        {
            _lastOfAnyPredicate = Append(_next, _lastOfAnyPredicate, number);
            return;
        }

        if (!_byPredicate.TryGetValue(predicate, out var templates)) _byPredicate.Add(predicate, templates = new PredicateTemplates());
        templates.Last = Append(_next, templates.Last, number);
        if (template.Object is ConstantTerm { Term: var @object })
        {
            ref var lastPlusOne = ref CollectionsMarshal.GetValueRefOrAddDefault(templates.LastByObject, @object, out _);
            lastPlusOne = Append(_nextOfObject, lastPlusOne - 1, number) + 1;
        }
        else
        {
            templates.LastOfAnyObject = Append(_nextOfObject, templates.LastOfAnyObject, number);
        }
    }

    // Chains are rings: the last template of each points at the first.
    private static int Append(int[] next, int last, int number)
    {
        next[number] = last < 0 ? number : next[last];
        if (last >= 0) next[last] = number;
        return number;
    }

    private TemplateChain Chain(int[] next, int last) => last < 0 ? default : new TemplateChain(_templates, next, last);

    /// <summary>Where the chains of a predicate's templates end; -1 where there is none.</summary>
    private sealed class PredicateTemplates
    {
        public int Last { get; set; } = -1;

        public int LastOfAnyObject { get; set; } = -1;

        /// <summary>Plus one.</summary>
        public Dictionary<Term, int> LastByObject { get; } = [];
    }
}

/// <summary>Some templates, in order; the default value is none.</summary>
internal readonly struct TemplateChain : IEnumerable<HeadTemplate>
{
    private readonly HeadTemplate[]? _templates;
    private readonly int[]? _next;
    private readonly int _last;

    /// <summary>All templates.</summary>
    public TemplateChain(HeadTemplate[] templates) => (_templates, _last) = (templates, templates.Length - 1);

    /// <summary>The templates of a ring, from behind the last one on.</summary>
    public TemplateChain(HeadTemplate[] templates, int[] next, int last) => (_templates, _next, _last) = (templates, next, last);

    public Enumerator GetEnumerator() => new(_templates ?? [], _next, _templates is null ? -1 : _last);

    IEnumerator<HeadTemplate> IEnumerable<HeadTemplate>.GetEnumerator()
    {
        foreach (var template in this) yield return template;
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<HeadTemplate>)this).GetEnumerator();

    /// <summary>Walks along the templates.</summary>
    public struct Enumerator(HeadTemplate[] templates, int[]? next, int last)
    {
        private int _number = -1;

        public readonly HeadTemplate Current => templates[_number];

        public bool MoveNext()
        {
            if (_number == last) return false;
            _number = next is null ? _number + 1 : next[_number < 0 ? last : _number];
            return true;
        }
    }
}

/// <summary>Up to three chains of templates, in turn.</summary>
internal readonly record struct CandidateTemplates(TemplateChain First, TemplateChain Second, TemplateChain Third);
