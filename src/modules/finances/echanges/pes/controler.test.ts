import { expect, test } from 'vitest'
import { euros } from '#socle/argent.ts'
import { controlerFlux } from './controler.ts'
import {
  bordereauDepense,
  bordereauRecette,
  dette,
  entreprise,
  famille,
  flux,
  fluxDepense,
  fluxOrmc,
  fluxRecette,
  IBAN_ESSAI,
  ligneMandat,
  ligneTitre,
  mandat,
  titre,
  titreOrmc,
} from './essai.ts'
import type { FluxAller, LigneMandat, LigneTitre, Mandat, PieceJointe, Titre } from './flux.ts'

const bloquantes = (f: FluxAller, contexte = {}) => controlerFlux(f, contexte).filter((a) => a.bloquante)
const depense = (m: Partial<Mandat>, b: Parameters<typeof bordereauDepense>[1] = {}) =>
  fluxDepense(bordereauDepense([mandat(m)], b))
const surLigne = (l: Partial<LigneMandat>, m: Partial<Mandat> = {}, b = {}) =>
  depense({ lignes: [ligneMandat(l)], ...m }, b)
const recette = (t: Partial<Titre>, b = {}) => fluxRecette(bordereauRecette([titre(t)], b))
const surTitre = (l: Partial<LigneTitre>, t: Partial<Titre> = {}, b = {}) =>
  recette({ lignes: [ligneTitre(l)], ...t }, b)
const pj = (p: Partial<PieceJointe> = {}): PieceJointe => ({
  idUnique: 'PJ2026000001',
  nom: 'facture.pdf',
  type: '003',
  mime: 'application/pdf',
  description: 'Facture',
  contenu: Buffer.from('%PDF'),
  ...p,
})
const correctif = { nature: '01', exercice: 2026, piece: '12', ligne: '1' }
const paiement = { nature: '03', exercice: 2026, piece: '12' }
const prelevement = {
  nature: '01' as const,
  periodicite: '07',
  date: '2026-04-10' as never,
  montant: euros('85.50'),
  sequence: '03',
  signature: '2024-09-01' as never,
  rum: 'RUM-1',
}

test('valid flux have no blocking anomaly', () => {
  const avec = {
    lignes: [ligneTitre({ prelevement, tiers: [famille({ compte: { iban: IBAN_ESSAI, titulaire: 'X' } })] })],
  }
  for (const f of [fluxDepense(), fluxRecette(), fluxOrmc(), fluxOrmc([titreOrmc(avec)])])
    expect(controlerFlux(f)).toEqual([])
})

const ACCES: [string, FluxAller, RegExp, object?][] = [
  ['nombre', depense({}, { nombrePieces: 2 }), /Bordereau 12 : 2 pièces sont annoncées, 1 sont présentes/],
  [
    'totalHt',
    depense({}, { montantHt: euros('1250.41') }),
    /total annoncé est 1\s250,41\s€, la somme des lignes 1\s250,40/,
  ],
  ['totalTva', depense({}, { montantTva: euros('20') }), /TVA annoncée est 20,00/],
  ['totalTva', surLigne({ montantTva: euros('250.08') }, {}, { montantTva: undefined }), /la somme des lignes 250,08/],
  ['tvaZero', depense({}, { montantTva: euros('0') }), /TVA nulle ne se donne pas/],
  ['tvaZero', surTitre({ montantTva: euros('0') }, {}, { montantTva: undefined }), /titre 87 : une TVA nulle/],
  [
    'cumul',
    flux({ depense: { dematerialise: true, bordereaux: [bordereauDepense()] } }),
    /le cumul annuel est obligatoire/,
  ],
  ['cumul', depense({}, { cumulAnnuel: euros('12') }), /inférieur au total du bordereau/],
  ['numeroDouble', fluxDepense(bordereauDepense([mandat(), mandat()])), /le numéro de pièce 41 y est deux fois/],
  [
    'ligneDouble',
    depense({ lignes: [ligneMandat(), ligneMandat()] }),
    /Bordereau 12, mandat 41 : deux lignes ont le même numéro/,
  ],
  ['ligneUnique', surLigne({ numero: 3 }), /sa ligne unique porte le numéro 3/],
  [
    'banque',
    surLigne({ tiers: entreprise({ compte: undefined }) }),
    /mandat 41 : un règlement par virement \(03\) demande/,
  ],
  ['banque', surLigne({ reglement: '01' }), /le mode de règlement 01 interdit un compte bancaire/],
  ['ordre', surLigne({}, { type: '03' }), /un mandat d’ordre se règle en opération d’ordre \(08\)/],
  ['ordre', surLigne({ reglement: '08', tiers: undefined }), /réservé aux mandats d’ordre/],
  [
    'iban',
    surLigne({ tiers: entreprise({ compte: { iban: 'FR7630006000011234567890188', titulaire: 'X' } }) }),
    /clé de l’IBAN/,
  ],
  ['civilite', surTitre({ tiers: [famille({ civilite: undefined })] }), /la civilité de EXEMPLE est obligatoire/],
  ['prenom', surTitre({ tiers: [famille({ prenom: undefined })] }), /le prénom de EXEMPLE est obligatoire/],
  ['prenom', surLigne({ tiers: entreprise({ prenom: 'JEAN' }) }), /n’est pas une personne physique/],
  [
    'pays',
    surTitre({
      tiers: [famille({ adresse: { ligne2: 'CALLE 1', codePostal: '99999', ville: 'IRUN', etranger: true } })],
    }),
    /le code du pays est obligatoire/,
  ],
  [
    'codePostal',
    surTitre({ tiers: [famille({ adresse: { ligne2: 'RUE', codePostal: '4000', ville: 'X', etranger: false } })] }),
    /n’a pas cinq chiffres/,
  ],
  ['siret', surLigne({ tiers: entreprise({ identifiant: '123' }) }), /le SIRET de SCIERIE DES PINS, « 123 »/],
  [
    'siret',
    fluxDepense(undefined, { entete: { ...flux().entete, siret: '214' } }),
    /SIRET de la collectivité, « 214 »/,
  ],
  ['identifiant', surLigne({ tiers: entreprise({ natureIdentifiant: undefined }) }), /et sa nature vont ensemble/],
  [
    'finess',
    fluxDepense(undefined, { entete: { ...flux().entete, finess: '400000001' } }),
    /FINESS/,
    { medical: false },
  ],
  ['finess', fluxDepense(), /FINESS juridique est obligatoire/, { medical: true }],
  ['signature', fluxDepense(), /signé alors qu’il s’annonce non dématérialisé/, { signe: true }],
  [
    'signature',
    flux({
      depense: { dematerialise: true, bordereaux: [bordereauDepense(undefined, { cumulAnnuel: euros('9999') })] },
    }),
    /il lui faut sa signature XAdES/,
    { avantEnvoi: true },
  ],
  ['idUnique', fluxDepense(undefined, { piecesJointes: [pj(), pj()] }), /a déjà servi/],
  [
    'idUnique',
    fluxDepense(undefined, { piecesJointes: [pj()] }),
    /a déjà servi/,
    { pjEnvoyees: new Set(['PJ2026000001']) },
  ],
  [
    'idUnique',
    fluxDepense(undefined, { piecesJointes: [pj({ idUnique: 'PJ-2026' })] }),
    /cinquante lettres ou chiffres/,
  ],
  ['nomPj', fluxDepense(undefined, { piecesJointes: [pj({ nom: 'facture' })] }), /extension/],
  ['pjVide', fluxDepense(undefined, { piecesJointes: [pj({ contenu: new Uint8Array() })] }), /le fichier est vide/],
  [
    'pjRef',
    depense({ pieces: [{ support: '01', idUnique: 'ABSENTE', nom: 'rib.pdf' }] }),
    /la pièce jointe rib.pdf est citée mais n’est pas dans le flux, et n’a pas été envoyée avant/,
    { pjEnvoyees: new Set() },
  ],
  ['correctif', depense({}, { type: '02' }), /ne porte que des pièces correctives/],
  [
    'correctif',
    surLigne({ rattachement: correctif }, { type: '02', nature: '06' }),
    /va sur un bordereau d’annulation ou de réduction/,
  ],
  ['rattachement', depense({ type: '02', nature: '06' }, { type: '02' }), /dit la pièce qu’elle corrige/],
  ['rattachement', depense({ type: '05' }), /dit l’opération du comptable qu’elle régularise/],
  [
    'exerciceClos',
    surLigne({ rattachement: { ...correctif, exercice: 2025 } }, { type: '02', nature: '06' }, { type: '02' }),
    /par une pièce de l’autre sens/,
  ],
  [
    'dgp',
    depense({ dgp: { nonEligible: false, debut: '2026-03-01' as never, fin: '2026-02-01' as never, jours: 30 } }),
    /finit avant de commencer/,
  ],
  ['edition', recette({ edition: '01' }), /une pièce jointe PES Facture \(006\)/],
  ['edition', recette({ edition: '02', facture: { numero: 'F1' } }), /le SIRET du débiteur public est obligatoire/],
  [
    'edition',
    recette({
      edition: '02',
      lignes: [ligneTitre({ tiers: [{ ...entreprise({ compte: undefined }), type: '01' }] })],
    }),
    /le numéro de facture est obligatoire/,
  ],
  ['ormcType', { ...fluxOrmc(), type: 'PESALR1' }, /va dans un fichier PESORMC/],
  ['ormc', fluxOrmc([titreOrmc({ type: '01' })]), /une pièce 15 va sur un bordereau 06/],
  ['ormc', fluxOrmc([titreOrmc({ dette: undefined })]), /le numéro de dette, sa période et ses clés/],
  ['cle2', fluxOrmc([titreOrmc({ dette: dette(2026000017, { cle2: '0' }) })]), /la seconde clé vaut « 0 »/],
  [
    'ormc',
    fluxOrmc([titreOrmc({ lignes: [ligneTitre({ tiers: [famille(), famille({ type: '03' })] })] })]),
    /n’a qu’un débiteur/,
  ],
  ['origine', surTitre({ rattachement: paiement }), /se rattache à un titre ou un mandat/],
  ['origine', surTitre({ rattachement: { ...correctif, ligne: undefined } }), /la ligne d’origine manque/],
  ['origine', surTitre({ rattachement: { ...paiement, ligne: '1' } }, { type: '05' }), /aucune ligne d’origine/],
  ['origine', depense({ type: '07', lignes: [ligneMandat({ reglement: undefined })] }), /dit la liste du comptable/],
  [
    'origine',
    depense({
      type: '07',
      lignes: [ligneMandat({ reglement: undefined, rattachement: paiement })],
    }),
    /se rattache à une liste de non-valeurs/,
  ],
  ['dateAsp', fluxOrmc(undefined, { dateAsp: '2026-03-15' as never }), /partiraient avant l’émission/],
  ['detteDouble', fluxOrmc([titreOrmc(), titreOrmc({ numero: 88 })]), /est deux fois dans le rôle/],
  ['editionOrmc', recette({ edition: '06' }), /réservée aux articles de rôle/],
  ['editionOrmc', fluxOrmc([titreOrmc({ edition: '04' })]), /n’est pas admise pour un article de rôle/],
  ['editionOrmc', fluxOrmc([titreOrmc({ edition: '03' })]), /une pièce jointe de type 007/],
  ['editionOrmc', fluxOrmc([titreOrmc({ edition: '06' })]), /une pièce jointe de type 010/],
  [
    'sepaLignes',
    fluxOrmc([
      titreOrmc({
        lignes: [
          ligneTitre({ prelevement, tiers: [famille({ compte: { iban: IBAN_ESSAI, titulaire: 'X' } })] }),
          ligneTitre({ numero: 2, tiers: [famille()] }),
        ],
      }),
    ]),
    /portent le même prélèvement/,
  ],
  ['role', recette({ type: '06' }), /donne le numéro du rôle/],
  ['role', recette({ role: 4 }), /seul un titre récapitulatif avec rôle/],
  ['debiteur', surTitre({ tiers: [famille({ type: '03' })] }), /aucun débiteur principal/],
  ['montant', surTitre({ montantHt: euros('0') }), /au-dessus de zéro/],
  ['sepa', surTitre({ prelevement }), /demande l’IBAN du débiteur/],
  [
    'sepa',
    surTitre({
      prelevement: { ...prelevement, montant: euros('90') },
      tiers: [famille({ compte: { iban: IBAN_ESSAI, titulaire: 'X' } })],
    }),
    /dépasse le titre/,
  ],
  [
    'sepa',
    surTitre({
      prelevement: { ...prelevement, signature: '2026-09-01' as never },
      tiers: [famille({ compte: { iban: IBAN_ESSAI, titulaire: 'X' } })],
    }),
    /signé après le prélèvement/,
  ],
  [
    'sepa',
    surTitre({
      prelevement: { ...prelevement, ancien: { iban: IBAN_ESSAI, banque: true } },
      tiers: [famille({ compte: { iban: IBAN_ESSAI, titulaire: 'X' } })],
    }),
    /s’excluent/,
  ],
]
test.each(ACCES)('%s is refused: %#', (code, f, motif, contexte = {}) => {
  const trouvees = bloquantes(f, contexte)
  expect(trouvees.map((a) => a.code)).toEqual([`pes.${code}`])
  expect(trouvees[0]!.message).toMatch(motif)
  expect(trouvees[0]!.lieu).toBeTruthy()
})

const SIGNALES: [string, FluxAller][] = [
  ['numeroTrou', fluxDepense(bordereauDepense([mandat(), mandat({ numero: 44 })]))],
  ['exercice', depense({}, { date: '2027-02-01' as never })],
  ['triplet', depense({ nature: '18' })],
  ['tiers', surLigne({ tiers: entreprise({ natureJuridique: '11' }) })],
  ['siretCle', surLigne({ tiers: entreprise({ identifiant: '12345678900012' }) })],
  ['reglement', surLigne({ reglement: undefined })],
]
test.each(SIGNALES)('%s is signalled and does not block', (code, f) => {
  expect(controlerFlux(f).map((a) => [a.code, a.bloquante])).toEqual([[`pes.${code}`, false]])
})
