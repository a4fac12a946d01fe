using Reasoner.Constraints.Joint;
using Reasoner.Rdf;

namespace Reasoner.Constraints.Tests.Joint;

public sealed class JointProblemReaderTests
{
    private const string Two = ":a rsn:slot :s ; rsn:answer :x . :b rsn:slot :t ; rsn:answer :x .\n";

    [Fact]
    public void Every_limit_becomes_a_sum_with_bounds()
    {
        var problem = Problems.Read(Two + """
            :a rsn:violates :v . :a rsn:excludes :b . :b rsn:excludes :a . :b rsn:requires :a .
            :a rsn:consumes [ rsn:resource :r ; rsn:amount 3 ] , [ rsn:resource :r ; rsn:amount 4 ] .
            :r rsn:capacity 9 ; rsn:demand 2 . :t rsn:atMost 2 .
            """);
        Assert.Equal(2, problem.Slots.Length);
        Assert.Equal((1, 2), (problem.Slots[1].AtLeast, problem.Slots[1].AtMost));
        var kinds = problem.Constraints.Select(constraint => constraint.Kind);
        Assert.Equal(
            [JointConstraintKind.Slot, JointConstraintKind.Slot, JointConstraintKind.Violation, JointConstraintKind.Exclusion, JointConstraintKind.Requirement, JointConstraintKind.Capacity, JointConstraintKind.Demand],
            kinds);
        var exclusion = problem.Constraints[3];
        Assert.Equal(2, exclusion.Facts.Length);
        var capacity = problem.Constraints[5];
        Assert.Equal([new JointTerm(0, 7)], capacity.Terms.ToArray());
        Assert.Equal(((long?)null, (long?)9), (capacity.AtLeast, capacity.AtMost));
        Assert.Equal([2, 3], problem.Broken([0, 1]));
        Assert.Equal([0, 4, 6], problem.Broken([1]));
    }

    [Fact]
    public void A_candidate_is_worth_its_weights_and_the_log_odds_of_its_score()
    {
        var problem = Problems.Read(":a rsn:slot :s ; rsn:prefers 2.5 , -1 ; rsn:score 0.75 .", new JointReading { ModelWeight = 2 });
        Assert.Equal((long)Math.Round(1000 * (1.5 + 2 * Math.Log(3))), problem.Candidates[0].Value);
    }

    [Fact]
    public void A_sure_model_does_not_outweigh_everything() =>
        Assert.Equal((long)Math.Round(1000 * Math.Log(999)), Problems.Read(":a rsn:slot :s ; rsn:score 1.0 .").Candidates[0].Value);

    [Fact]
    public void Candidates_stand_in_the_order_of_answers()
    {
        const string turtle = ":a rsn:slot :s ; rsn:answer :late . :b rsn:slot :s ; rsn:answer :early .";
        var graph = Problems.Graph(turtle);
        var problem = JointProblemReader.Read(graph, new JointReading { Answers = [new Iri("urn:x:late"), new Iri("urn:x:early")] });
        Assert.Equal(["<urn:x:a>", "<urn:x:b>"], problem.Candidates.Select(candidate => graph.Terms[candidate.Node].ToString()!));
        problem = JointProblemReader.Read(graph, new JointReading { Answers = [new Iri("urn:x:early"), new Iri("urn:x:late")] });
        Assert.Equal(["<urn:x:b>", "<urn:x:a>"], problem.Candidates.Select(candidate => graph.Terms[candidate.Node].ToString()!));
    }

    [Theory]
    [InlineData("", "no slots")]
    [InlineData(Two + ":a rsn:slot :t .", "two slots")]
    [InlineData(Two + ":a rsn:answer :y .", "2 answers")]
    [InlineData(Two + ":a rsn:prefers \"much\" .", "no number")]
    [InlineData(Two + ":a rsn:score 1.5 .", "from 0 to 1")]
    [InlineData(Two + ":a rsn:excludes :a .", "excludes itself")]
    [InlineData(Two + ":a rsn:excludes :z .", "no candidate")]
    [InlineData(Two + ":z rsn:violates :v .", "no candidate")]
    [InlineData(Two + ":a rsn:consumes [ rsn:resource :r ] .", "rsn:amount")]
    [InlineData(Two + ":a rsn:consumes [ rsn:resource :r ; rsn:amount 1.5 ] .", "whole number")]
    [InlineData(Two + ":r rsn:capacity \"full\" .", "whole number")]
    [InlineData(Two + ":r rsn:demand 99999999999999999999999 .", "whole number")]
    [InlineData(Two + ":s rsn:atLeast 3 .", "at least 3 and at most 1")]
    [InlineData(Two + ":s rsn:atMost -1 .", "whole number from 0")]
    [InlineData(Two + ":s rsn:atMost 2 , 3 .", "two values")]
    public void Facts_that_make_no_sense_are_refused(string turtle, string problem) =>
        Assert.Contains(Problems.Mistakes(turtle), mistake => mistake.Contains(problem, StringComparison.Ordinal));
}
