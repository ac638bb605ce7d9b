import { describe, expect, test } from 'vitest'
import { add, euros, inEuros, ZERO } from '#socle/argent.ts'
import { mois as lireMois } from '#socle/dates.ts'
import { jeuEssai } from '../../calcul/essais/jeu-essai.ts'
import { PROFILS } from '../../calcul/essais/profils.ts'
import { computeBulletin } from '../../calcul/index.ts'
import { renderAttestation, vueAttestation } from './documents/attestation.ts'
import { renderEtat, toCsv, toXlsx } from './documents/etat.ts'
import { caisseOf, readComptes } from './domain/donnees.ts'
import type { Etat, Paye } from './domain/etat.ts'
import {
  estEquilibre,
  etatDesCharges,
  journalComptable,
  listeDesVirements,
  listePapier,
  livreDePaie,
  recapitulatifAnnuel,
} from './domain/etats.ts'

/** A payslip of each profile of the engine: every population, rappels and absences included. */
const payes: Paye[] = PROFILS.flatMap((p, i) => {
  const { bulletin } = computeBulletin({
    mois: p.mois,
    situation: p.situation,
    ...(p.rappels ? { rappels: p.rappels } : {}),
    parametres: jeuEssai(),
  })
  if (!bulletin) return []
  return [
    {
      carriereId: `c${i}`,
      agentId: `a${i}`,
      matricule: String(1000 + i),
      nom: `Dupouy ${i}`,
      prenom: 'Maïté',
      nir: '',
      iban: i === 3 ? '' : 'FR7630006000011234567890189',
      bic: 'AGRIFRPP',
      emploi: 'Agent',
      numero: i + 1,
      bulletin,
    },
  ]
})
const ctx = {
  mois: lireMois('2026-03'),
  organisme: { nom: 'Commune de Mées', siret: '21400179400018' },
  approuve: true,
}
const colonne = (e: Etat, titre: string) => e.colonnes.findIndex((c) => c.titre === titre)
const total = (e: Etat, titre: string) => e.total![colonne(e, titre)]
const somme = (l: string[]) => inEuros(l.reduce((t, m) => add(t, euros(m)), ZERO))

test('there is something to print', () => {
  expect(payes.length).toBeGreaterThan(30)
  expect(new Set(payes.map((p) => p.bulletin.population)).size).toBeGreaterThan(8)
})

describe('figures of the editions are those of the payslips', () => {
  test('the livre de paie adds up to them', () => {
    const livre = livreDePaie(payes)
    expect(total(livre, 'Brut')).toBe(somme(payes.map((p) => p.bulletin.totaux.brut)))
    expect(total(livre, 'Net à payer')).toBe(somme(payes.map((p) => p.bulletin.totaux.netAPayer)))
    expect(total(livre, 'Coût')).toBe(somme(payes.map((p) => p.bulletin.totaux.coutEmployeur)))
    expect(livre.groupes.flatMap((g) => g.lignes)).toHaveLength(payes.length)
  })

  test('every contribution has its fund, and the funds add up to what was withheld and charged', () => {
    const charges = etatDesCharges(payes)
    expect(charges.groupes.map((g) => g.titre)).not.toContain('Autres organismes')
    const duAgents = payes.map((p) => {
      const t = p.bulletin.totaux
      const retenues = p.bulletin.lignes
        .filter((l) => l.groupe === 'retenues' && caisseOf(l.code).caisse !== 'AUTRES')
        .map((l) => l.montant ?? '0')
      return somme([t.cotisationsAgent, t.csgDeductible, t.csgNonDeductible, t.crds, t.pas, ...retenues])
    })
    expect(total(charges, 'Part agent')).toBe(somme(duAgents))
    expect(total(charges, 'Part employeur')).toBe(somme(payes.map((p) => p.bulletin.totaux.cotisationsEmployeur)))
  })

  test('the journal of each payslip is balanced, whatever the population', () => {
    for (const p of payes) {
      const j = journalComptable([p])
      expect([p.bulletin.population, j.debit]).toEqual([p.bulletin.population, j.credit])
    }
    const tous = journalComptable(payes)
    expect(estEquilibre(tous)).toBe(true)
    expect(Number(tous.debit)).toBeGreaterThan(50_000)
  })

  test('transfers are by person and account; who has no account is told', () => {
    const v = listeDesVirements(payes)
    expect(total(v, 'Montant')).toBe(somme(payes.map((p) => p.bulletin.totaux.netAPayer)))
    expect(v.notes[0]).toContain('sans compte bancaire')
    const deux = listeDesVirements([payes[0]!, { ...payes[0]!, carriereId: 'autre' }])
    expect(deux.groupes[0]!.lignes).toHaveLength(1)
  })

  test('the year sums the approved months of each agent', () => {
    const e = recapitulatifAnnuel(2026, [
      { mois: '2026-01', payes: payes.slice(0, 3) },
      { mois: '2026-02', payes: payes.slice(0, 2) },
    ])
    expect(e.groupes[0]!.lignes.map((l) => l[2])).toEqual(['2', '2', '1'])
    expect(e.notes).toEqual(['Mois approuvés : janvier, février.'])
  })
})

test('a line that no table knows is shown as such', () => {
  expect(caisseOf('INCONNUE').libelle).toBe('Autres organismes')
})

test('accounts are said to be read at the source, or not', () => {
  const { charges, cotisations } = readComptes()
  expect([...charges, ...cotisations].filter((c) => !c.verifie).length).toBeGreaterThan(0)
  expect(journalComptable(payes).groupes[0]!.lignes.some((l) => l[1]!.endsWith(' *'))).toBe(true)
})

describe('documents', () => {
  const etats = [livreDePaie(payes), etatDesCharges(payes), journalComptable(payes), listeDesVirements(payes)]
  test.each(etats.map((e) => [e.code, e] as const))('%s is a tagged archive, the same twice', (_, etat) => {
    const pdf = Buffer.from(renderEtat(etat, ctx))
    expect(pdf.equals(renderEtat(etat, ctx))).toBe(true)
    expect(pdf.toString('latin1')).toContain('<pdfaid:part>2</pdfaid:part>')
    expect(pdf.toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(
      Buffer.from(renderEtat(etat, ctx, 'ua-1'))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
  })

  test('a spreadsheet opens the CSV: French decimals, no formula', () => {
    const csv = toCsv(listePapier([{ nom: '=cmd()', matricule: '7', recueLe: '2025-11-03', effetLe: '2025-12-01' }]))
    expect(csv).toContain("'=cmd()")
    expect(csv).toContain('03/11/2025')
    expect(toCsv(livreDePaie(payes.slice(0, 1)))).toMatch(/;\d+,\d\d;/)
  })

  test('the XLSX is a workbook', async () => {
    const octets = Buffer.from(await toXlsx(etats[1]!))
    expect(octets.subarray(0, 2).toString()).toBe('PK')
    expect(octets.length).toBeGreaterThan(3000)
  })

  test('an attestation says the post and the approved pay', () => {
    const a = {
      organisme: {
        nom: 'Commune de Mées',
        siret: '21400179400018',
        adresse: '1 place',
        codePostal: '40990',
        ville: 'Mées',
      },
      agent: { civilite: 'Mme' as const, nom: 'Dupouy', prenom: 'Maïté', naissance: '1980-02-01', matricule: '12' },
      emploi: 'Secrétaire de mairie',
      statut: 'fonctionnaire',
      entree: '2015-09-01',
      sortie: null,
      jour: '2026-03-31',
      mois: [{ mois: lireMois('2026-03'), brut: '2000.00', netImposable: '1700.00', netAPayer: '1600.50' }],
    }
    const vue = vueAttestation(a)
    expect(vue.phrases[0]).toContain('Mme Maïté Dupouy, née le 01/02/1980')
    expect(vue.phrases[0]).toContain('est employée depuis le 01/09/2015')
    expect(vueAttestation({ ...a, sortie: '2026-03-15' }).phrases[0]).toContain('a été employée')
    expect(Buffer.from(renderAttestation(a)).toString('latin1')).toContain('<pdfaid:part>2</pdfaid:part>')
  })
})
