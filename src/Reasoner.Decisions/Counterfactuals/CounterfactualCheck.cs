using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Decisions.Counterfactuals;

/// <summary>
/// Checks what a record says would have led to another answer: that the manifest allows the changes at this cost, and that each
/// changed case was decided as its own record says, which is checked like any other. Whether something cheaper was missed is not
/// checked: that would be the search again.
/// </summary>
internal sealed class CounterfactualCheck(Domain domain, Func<DecisionRecord, IReadOnlyList<string>> verify)
{
    /// <summary>What is wrong, in reading order.</summary>
    /// <param name="record">A record with counterfactuals.</param>
    /// <param name="readCase">Reads the case as it was given.</param>
    public IEnumerable<string> Problems(DecisionRecord record, Func<(Knowledge.KnowledgeGraph Overlay, int Subject)> readCase)
    {
        var all = record.Counterfactuals!;
        var alternatives = all.Alternatives.IsDefault ? [] : all.Alternatives;
        var want = domain.Answers.FirstOrDefault(answer => answer.Value == all.Want.Iri);
        if (want is null || all.Want != ReasonText.AnswerOf(domain, want)) yield return $"The wanted answer {all.Want.Iri} is none of the domain's.";
        var status = record.Answer == all.Want ? CounterfactualStatus.Already : alternatives.IsEmpty ? CounterfactualStatus.None : CounterfactualStatus.Found;
        if (all.Status != status || (status == CounterfactualStatus.Already && !alternatives.IsEmpty))
            yield return "What the record says of the search for another answer does not fit its answer and alternatives.";
        if (all.Tried < 0 || all.Points < all.Tried || all.Tried < alternatives.Length) yield return "The counts of the search for another answer contradict each other.";
        if (alternatives.IsEmpty) yield break;
        if (alternatives.Any(alternative => alternative is null || (!alternative.Changes.IsDefault && alternative.Changes.Any(change => change is null))))
        {
            yield return "An alternative or one of its changes is null.";
            yield break;
        }

        var (overlay, subject) = readCase();
        for (var i = 0; i < alternatives.Length; i++)
        {
            foreach (var problem in CheckAlternative(record, alternatives[i], overlay, subject)) yield return $"Alternative {i + 1}: {problem}";
            if (i > 0 && alternatives[i].Cost < alternatives[i - 1].Cost) yield return $"Alternative {i + 1} costs less than the one before it.";
            var paths = PathsOf(alternatives[i]);
            if (alternatives.Take(i).Any(earlier => PathsOf(earlier).IsSubsetOf(paths))) yield return $"Alternative {i + 1} changes all that an earlier one changes.";
        }
    }

    private IEnumerable<string> CheckAlternative(DecisionRecord record, AlternativeRecord alternative, Knowledge.KnowledgeGraph overlay, int subject)
    {
        var changes = alternative.Changes.IsDefault ? [] : alternative.Changes;
        if (changes.IsEmpty) yield return "it changes nothing.";
        if (changes.Length > ChangePoint.Most) yield return $"it changes more than {ChangePoint.Most} properties.";
        var last = -1;
        foreach (var change in changes)
        {
            var property = domain.Changes.Properties.FirstOrDefault(each => each.Setting.Path == change.Path);
            if (property is null)
            {
                yield return $"{change.Path} may not change.";
                continue;
            }

            if (property.Index <= last) yield return "its changes are not in the manifest's order, each once.";
            last = property.Index;
            if (!IsAllowed(property, change, overlay, subject)) yield return $"{change.Path} may not change from {change.From ?? "nothing"} to {change.To} at the cost {change.Cost}.";
        }

        if (last < 0) yield break;
        if (alternative.Cost != changes.Sum(change => change.Cost)) yield return $"its cost is {changes.Sum(change => change.Cost)}, not {alternative.Cost}.";
        if (alternative.Answer != record.Counterfactuals!.Want) yield return "its answer is not the wanted one.";
        if (alternative.Text != CounterfactualText.Sentence(domain, alternative.Answer, changes)) yield return "its words are not those of its changes.";
        foreach (var problem in CheckDecision(record, alternative, changes)) yield return problem;
    }

    private IEnumerable<string> CheckDecision(DecisionRecord record, AlternativeRecord alternative, ImmutableArray<ChangeRecord> changes)
    {
        var decision = alternative.Decision;
        if (decision.Answer != alternative.Answer || decision.Confidence != alternative.Confidence) yield return "its answer is not that of the decision on the changed case.";
        if (decision.Case with { Changes = null } != record.Case) yield return "it is not about this case.";
        if (!(decision.Case.Changes ?? []).SequenceEqual(changes.Select(change => new CaseChange(change.Path, change.From, change.To))))
            yield return "the decision on the changed case rests on other changes.";
        if (decision.Counterfactuals is not null) yield return "it has alternatives of its own.";
        if (decision.Thinking.Effort != record.Thinking.Effort) yield return "the changed case was decided with another effort.";
        foreach (var problem in verify(decision)) yield return $"the decision on the changed case: {problem}";
    }

    private bool IsAllowed(Changeable property, ChangeRecord change, Knowledge.KnowledgeGraph overlay, int subject)
    {
        if (property.Path.Find(overlay, subject) is not { } place) return false;
        Term? from = place.Object == 0 ? null : overlay.Terms[place.Object];
        return property.AlternativesTo(from).Any(allowed => CounterfactualText.Describe(domain, property, from, allowed) == change);
    }

    private static ImmutableHashSet<string> PathsOf(AlternativeRecord alternative) => alternative.Changes.IsDefault ? [] : [.. alternative.Changes.Select(change => change.Path)];
}
