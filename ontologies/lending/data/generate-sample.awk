# Writes sample-applications.csv: synthetic labelled credit applications in the columns of the Statlog German Credit data.
#
#   awk -f generate-sample.awk > sample-applications.csv
#   awk -v rows=1000 -v seed=7 -f generate-sample.awk > more.csv
#
# POSIX awk, whole numbers below 2^53 only, and its own generator (Park and Miller 1988: x <- 16807 x mod 2^31 - 1), so
# that every awk writes the same bytes. No row is taken from any data set: codes are drawn from the weights below.
#
# Each row gets risk points. Points and noise together rank the rows, and the top 30 per cent end badly (outcome 2). The
# noise is a sum of four uniform draws, so the outcome can be learned from the columns, but not perfectly. Sex and
# personal status, age and foreign worker are drawn too, because the table has the columns, and earn no points.

function uniform(n) {                       # 0 .. n - 1
  state = (state * 16807) % 2147483647
  return int(state % n)
}

function draw(weights,    parts, pair, count, total, i, pick) {   # "A11:27 A12:26 ..." -> one code
  count = split(weights, parts, " ")
  total = 0
  for (i = 1; i <= count; i++) { split(parts[i], pair, ":"); total += pair[2] }
  pick = uniform(total)
  for (i = 1; i <= count; i++) {
    split(parts[i], pair, ":")
    if (pick < pair[2]) return pair[1]
    pick -= pair[2]
  }
}

function points(code, table,    parts, count, i, pair) {    # the points of a code, 0 where the table has none
  count = split(table, parts, " ")
  for (i = 1; i <= count; i++) {
    split(parts[i], pair, ":")
    if (pair[1] == code) return pair[2] + 0
  }
  return 0
}

BEGIN {
  if (rows == "") rows = 300
  if (seed == "") seed = 20260801
  state = seed % 2147483647
  if (state <= 0) state = 1
  for (i = 0; i < 10; i++) uniform(2)       # a small seed needs a few steps to spread

  print "checking_status,duration_months,credit_history,purpose,credit_amount,savings,employment_since," \
        "installment_rate_percent,personal_status_sex,other_debtors,residence_since,property,age_years," \
        "other_installment_plans,housing,existing_credits,job,dependents,telephone,foreign_worker,outcome"

  for (i = 1; i <= rows; i++) {
    checking = draw("A11:27 A12:26 A13:7 A14:40")
    months   = draw("6:8 9:6 12:18 15:7 18:11 21:4 24:18 27:2 30:5 36:9 42:2 48:6 60:2 72:1")
    history  = draw("A30:4 A31:5 A32:53 A33:9 A34:29")
    purpose  = draw("A40:23 A41:10 A42:18 A43:28 A44:1 A45:2 A46:5 A48:1 A49:10 A410:2")
    savings  = draw("A61:60 A62:10 A63:6 A64:5 A65:19")
    tenure   = draw("A71:6 A72:17 A73:34 A74:17 A75:26")
    rate     = draw("1:14 2:23 3:16 4:47")
    debtors  = draw("A101:91 A102:4 A103:5")
    held     = draw("A121:28 A122:23 A123:33 A124:16")
    plans    = draw("A141:14 A142:5 A143:81")
    housing  = draw("A151:18 A152:71 A153:11")
    credits  = draw("1:63 2:33 3:3 4:1")
    job      = draw("A171:2 A172:20 A173:63 A174:15")
    people   = draw("1:84 2:16")
    phone    = draw("A191:60 A192:40")
    status   = draw("A91:5 A92:31 A93:55 A94:9")
    worker   = draw("A201:96 A202:4")
    residence = 1 + uniform(4)
    age      = 19 + uniform(24) + uniform(24)
    # Longer terms go with larger amounts, with much spread.
    amount   = 300 + months * (60 + uniform(60) + uniform(60)) + uniform(1500)

    score = points(checking, "A11:30 A12:18 A13:0 A14:-22") \
          + points(history, "A30:26 A31:22 A32:4 A33:6 A34:-14") \
          + points(purpose, "A40:8 A41:-12 A43:-6 A46:10 A410:6") \
          + points(savings, "A61:9 A62:4 A63:-8 A64:-16 A65:-8") \
          + points(tenure, "A71:9 A72:9 A73:1 A74:-10 A75:-4") \
          + points(debtors, "A102:9 A103:-14") \
          + points(held, "A121:-8 A124:9") \
          + points(plans, "A141:9 A142:7") \
          + points(housing, "A151:5 A152:-3") \
          + (rate - 3) * 4 \
          + int((months - 20) * 8 / 10) \
          + (amount > 8000 ? 12 : 0)
    latent[i] = score + uniform(43) + uniform(43) + uniform(43) + uniform(43)

    row[i] = checking "," months "," history "," purpose "," amount "," savings "," tenure "," rate "," status "," \
             debtors "," residence "," held "," age "," plans "," housing "," credits "," job "," people "," phone "," worker
  }

  # The bad rows are the 30 per cent of highest latent risk; ties go to the earlier row.
  bad = int(rows * 3 / 10)
  for (i = 1; i <= rows; i++) {
    above = 0
    for (j = 1; j <= rows; j++)
      if (latent[j] > latent[i] || (latent[j] == latent[i] && j < i)) above++
    print row[i] "," (above < bad ? 2 : 1)
  }
}
