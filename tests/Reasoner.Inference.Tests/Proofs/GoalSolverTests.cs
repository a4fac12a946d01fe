namespace Reasoner.Inference.Tests;

public class GoalSolverTests
{
    [Fact]
    public void A_variable_of_a_NOT_is_its_own_though_the_goal_gives_one_of_that_name_behind_it_a_value()
    {
        var rules = World.Rules("PREFIX : <http://example/> RULE :r { ?x :h ?y } WHERE { ?x :p 1 NOT { ?x :q ?y } ?x :r ?y }");
        var graph = World.Graph(World.Triples("PREFIX : <http://example/> :a :p 1 ; :q :b ; :r :c ."));
        var goal = World.Triples("PREFIX : <http://example/> :a :h :c .")[0];
        var checker = new ProofChecker(new RuleNames(rules), graph, World.Context);
        Assert.Empty(checker.Follows(goal.Subject, goal.Predicate, goal.Object));
    }
}
