import { add, type Centimes, formatEuros, ZERO } from '#socle/argent.ts'
import { isIban, isSiren, isSiret } from '#socle/identifiants.ts'
import type { Anomalie } from '#socle/refus.ts'
import { computeCle2 } from '../../execution/domain/ormc.ts'
import type {
  BordereauDepense,
  BordereauRecette,
  CompteBancaire,
  FluxAller,
  LigneMandat,
  LigneTitre,
  Mandat,
  Rattachement,
  ReferencePj,
  Tiers,
  Titre,
} from './flux.ts'
import { isTiersUsuel, isTripletConnu } from './grilles.ts'

export type Contexte = {
  /** The file bears a signature. */
  signe?: boolean | undefined
  /** It is on its way to the comptable: what may wait until then (the signature, the pieces) blocks now. */
  avantEnvoi?: boolean | undefined
  /** Identifiers of pieces jointes that the body sent before: they are unique for ever, and may be referred to. */
  pjEnvoyees?: ReadonlySet<string> | undefined
  /** M21 and M22 only bear a FINESS. */
  medical?: boolean | undefined
}

type Dire = (code: string, champ: string, message: string, bloquante?: boolean) => void

const SANS_BANQUE = new Set(['01', '02', '04', '07', '08', '09', '11'])
const AVEC_BANQUE = new Set(['03', '05'])
const total = (lignes: { montantHt: Centimes; montantTva?: Centimes | undefined }[], tva: boolean) =>
  lignes.reduce<Centimes>((t, l) => add(t, (tva ? l.montantTva : l.montantHt) ?? ZERO), ZERO)

/** The rules that the official schema does not hold, each told with its piece and its field. */
export function controlerFlux(flux: FluxAller, contexte: Contexte = {}): Anomalie[] {
  const anomalies: Anomalie[] = []
  const en =
    (lieu: string): Dire =>
    (code, champ, message, bloquante = true) => {
      anomalies.push({ code: `pes.${code}`, message: lieu ? `${lieu} : ${message}` : message, lieu: champ, bloquante })
    }
  controlerEntete(flux, contexte, en(''))
  const pj = controlerPj(flux, contexte, en)
  const ctx = { ...contexte, flux, pj }
  for (const b of flux.depense?.bordereaux ?? []) {
    const lieu = `Bordereau ${b.numero}`
    controlerBordereau(b, flux.depense!.dematerialise, en(lieu))
    for (const m of b.pieces) controlerMandat(b, m, ctx, (suite) => en(`${lieu}, mandat ${m.numero}${suite}`))
  }
  for (const b of flux.recette?.bordereaux ?? []) {
    const lieu = `Bordereau ${b.numero}`
    const dire = en(lieu)
    controlerRecette(b, dire)
    controlerBordereau(b, flux.recette!.dematerialise, dire)
    if ((b.type === '06') !== (flux.type === 'PESORMC'))
      dire('ormcType', 'TypFic', 'un bordereau d’ORMC (06) va dans un fichier PESORMC, et lui seul.')
    for (const p of b.pieces) controlerTitre(b, p, ctx, (suite) => en(`${lieu}, titre ${p.numero}${suite}`))
  }
  return anomalies
}

function controlerEntete(flux: FluxAller, contexte: Contexte, dire: Dire) {
  const { entete } = flux
  if (!/^\d{14}$/.test(entete.siret))
    dire('siret', 'EnTetePES/IdColl', `Le SIRET de la collectivité, « ${entete.siret} », n’a pas quatorze chiffres.`)
  else if (!isSiret(entete.siret))
    dire(
      'siretCle',
      'EnTetePES/IdColl',
      `La clé du SIRET de la collectivité, ${entete.siret}, n’est pas la bonne.`,
      false,
    )
  if (contexte.medical === true && !entete.finess)
    dire('finess', 'EnTetePES/FinJur', 'Le FINESS juridique est obligatoire pour un budget M21 ou M22.')
  if (contexte.medical === false && entete.finess)
    dire('finess', 'EnTetePES/FinJur', 'Le FINESS juridique ne se donne que pour un budget M21 ou M22.')
  const dematerialise = flux.depense?.dematerialise || flux.recette?.dematerialise
  if (contexte.signe && !dematerialise)
    dire(
      'signature',
      'InfoDematerialisee',
      'Le flux est signé alors qu’il s’annonce non dématérialisé : il serait rejeté.',
    )
  if (!contexte.signe && dematerialise)
    dire(
      'signature',
      'InfoDematerialisee',
      'Le flux s’annonce dématérialisé : il lui faut sa signature XAdES avant l’envoi.',
      contexte.avantEnvoi === true,
    )
  if (!flux.depense && !flux.recette && flux.piecesJointes.length === 0)
    dire('vide', 'PES_Aller', 'Le flux ne porte ni bordereau ni pièce jointe.', false)
}

/** The pieces jointes that a reference may name: those of the flux, and those sent before. */
function controlerPj(flux: FluxAller, contexte: Contexte, en: (lieu: string) => Dire): Map<string, string | undefined> {
  const vues = new Map<string, string | undefined>()
  for (const p of flux.piecesJointes) {
    const dire = en(`Pièce jointe ${p.nom || p.idUnique}`)
    if (!/^[0-9a-zA-Z]{1,50}$/.test(p.idUnique))
      dire('idUnique', 'IdUnique', `l’identifiant « ${p.idUnique} » doit avoir cinquante lettres ou chiffres au plus.`)
    if (vues.has(p.idUnique) || contexte.pjEnvoyees?.has(p.idUnique))
      dire('idUnique', 'IdUnique', `l’identifiant ${p.idUnique} a déjà servi ; il est unique pour toujours.`)
    if (!/.\.[A-Za-z0-9]{2,4}$/.test(p.nom))
      dire('nomPj', 'NomPJ', 'le nom doit porter une extension de deux à quatre caractères.')
    if (p.contenu.length === 0) dire('pjVide', 'Fichier', 'le fichier est vide.')
    vues.set(p.idUnique, p.type)
  }
  return vues
}

function controlerBordereau(b: BordereauDepense | BordereauRecette, dematerialise: boolean, dire: Dire) {
  const annonce = b.nombrePieces
  if (annonce !== undefined && annonce !== b.pieces.length)
    dire('nombre', 'NbrPce', `${annonce} pièces sont annoncées, ${b.pieces.length} sont présentes.`)
  const lignes = b.pieces.flatMap((p): (LigneMandat | LigneTitre)[] => p.lignes)
  const ht = total(lignes, false)
  if (ht !== b.montantHt)
    dire(
      'totalHt',
      'MtBordHT',
      `le total annoncé est ${formatEuros(b.montantHt)}, la somme des lignes ${formatEuros(ht)}.`,
    )
  const tva = total(lignes, true)
  if (tva !== (b.montantTva ?? ZERO))
    dire(
      'totalTva',
      'MtBordTVA',
      `la TVA annoncée est ${formatEuros(b.montantTva ?? ZERO)}, la somme des lignes ${formatEuros(tva)}.`,
    )
  if (b.montantTva === ZERO)
    dire(
      'tvaZero',
      'MtBordTVA',
      'une TVA nulle ne se donne pas : la balise est présente et au-dessus de zéro, ou absente.',
    )
  if (dematerialise && b.cumulAnnuel === undefined)
    dire('cumul', 'MtCumulAnnuel', 'le cumul annuel est obligatoire dans un flux dématérialisé.')
  if (b.cumulAnnuel !== undefined && b.type === '01' && b.cumulAnnuel < add(b.montantHt, b.montantTva ?? ZERO))
    dire('cumul', 'MtCumulAnnuel', 'le cumul annuel est inférieur au total du bordereau.')
  const annee = Number(b.date.slice(0, 4))
  // Journée complémentaire: until 31 January of the next year.
  if (annee !== b.exercice && !(annee === b.exercice + 1 && b.date.slice(5, 7) === '01'))
    dire(
      'exercice',
      'DteBordEm',
      `la date ${b.date} n’est ni dans l’exercice ${b.exercice}, ni dans sa journée complémentaire.`,
      false,
    )
  const vus = new Set<number>()
  let precedent: number | undefined
  for (const p of b.pieces) {
    if (vus.has(p.numero)) dire('numeroDouble', 'IdPce', `le numéro de pièce ${p.numero} y est deux fois.`)
    else if (precedent !== undefined && p.numero !== precedent + 1)
      dire(
        'numeroTrou',
        'IdPce',
        `la pièce ${p.numero} suit la pièce ${precedent} : la numérotation est continue.`,
        false,
      )
    vus.add(p.numero)
    precedent = p.numero
  }
}

type Suite = (suite: string) => Dire
type Ctx = Contexte & { flux: FluxAller; pj: ReadonlyMap<string, string | undefined> }

function controlerPiece(
  b: { type: string; exercice: number },
  p: { type: string; nature: string; lignes: (LigneMandat | LigneTitre)[]; pieces?: ReferencePj[] | undefined },
  domaine: 'depense' | 'recette',
  ctx: Ctx,
  suite: Suite,
) {
  const dire = suite('')
  const triplet = `${b.type}-${p.type}-${p.nature}`
  if (!isTripletConnu(domaine, triplet))
    dire('triplet', 'TypBord, TypPce, NatPce', `la combinaison ${triplet} n’est pas dans la grille connue.`, false)
  if ((b.type === '02') !== (p.type === '02' && p.nature !== '09'))
    dire(
      'correctif',
      'TypPce',
      b.type === '02'
        ? 'un bordereau d’annulation ou de réduction (02) ne porte que des pièces correctives (02).'
        : 'une pièce corrective (02) va sur un bordereau d’annulation ou de réduction (02).',
    )
  const numeros = p.lignes.map((l) => l.numero)
  if (new Set(numeros).size !== numeros.length) dire('ligneDouble', 'IdLigne', 'deux lignes ont le même numéro.')
  if (numeros.length === 1 && numeros[0] !== 1)
    dire('ligneUnique', 'IdLigne', `sa ligne unique porte le numéro ${numeros[0]} ; c’est 1.`)
  controlerReferences(p.pieces, ctx, dire)
  for (const l of p.lignes) {
    const direLigne = p.lignes.length > 1 ? suite(`, ligne ${l.numero}`) : dire
    controlerReferences(l.pieces, ctx, direLigne)
    if ((p.type === '02' || p.type === '05') && !l.rattachement)
      direLigne(
        'rattachement',
        'RattachPiece',
        p.type === '02'
          ? 'une pièce corrective dit la pièce qu’elle corrige.'
          : 'une pièce émise après paiement dit l’opération du comptable qu’elle régularise.',
      )
    if (l.rattachement) controlerOrigine(l.rattachement, p, domaine, direLigne)
    else if (domaine === 'depense' && p.type === '07')
      direLigne('origine', 'RattachPiece', 'un mandat d’admission en non-valeur dit la liste du comptable qu’il suit.')
    if (l.rattachement && l.rattachement.exercice > b.exercice)
      direLigne('rattachement', 'ExerRat', `la pièce rattachée est de ${l.rattachement.exercice}, après l’exercice.`)
    if (p.type === '02' && p.nature === '06' && l.rattachement && l.rattachement.exercice !== b.exercice)
      direLigne(
        'exerciceClos',
        'ExerRat',
        'une annulation porte sur l’exercice en cours ; sur un exercice clos, elle se fait par une pièce de l’autre sens (01-02-09).',
      )
    if (l.montantTva === ZERO)
      direLigne('tvaZero', 'MtTVA', 'une TVA nulle ne se donne pas : la balise est absente.', domaine === 'recette')
  }
}

const ORIGINES = {
  depense: {
    '01': 'un mandat',
    '02': 'un titre',
    '03': 'un paiement',
    '04': 'une liste de non-valeurs',
    '05': 'un ordre de paiement',
  },
  recette: { '01': 'un titre', '02': 'un mandat', '03': 'un encaissement', '05': 'une liste de majoration' },
} as const
/** What a piece may be attached to, by its kind: notes of NatPceOrig and IdLigneOrig in the schema. */
function controlerOrigine(
  r: Rattachement,
  p: { type: string; nature: string },
  domaine: 'depense' | 'recette',
  dire: Dire,
) {
  const noms: Record<string, string> = ORIGINES[domaine]
  const attendues =
    p.type === '05'
      ? ['03']
      : p.type === '07' && domaine === 'depense'
        ? ['04']
        : p.type === '02' || p.nature === '10' || p.type === (domaine === 'depense' ? '13' : '14')
          ? ['01', '02']
          : domaine === 'recette'
            ? p.type === '09'
              ? ['01', '02', '05']
              : ['01', '02']
            : ['01', '02', '05']
  if (!attendues.includes(r.nature))
    dire(
      'origine',
      'NatPceOrig',
      `la pièce est rattachée à ${noms[r.nature] ?? `« ${r.nature} »`} ; de ce type, elle se rattache à ${attendues.map((n) => noms[n]).join(' ou ')}.`,
    )
  const deLigne = r.nature === '01' || r.nature === '02' || (domaine === 'depense' && r.nature === '05')
  const ligne = Number(r.ligne ?? 0)
  if (deLigne !== ligne >= 1)
    dire(
      'origine',
      'IdLigneOrig',
      deLigne
        ? 'le numéro de la ligne d’origine manque.'
        : 'aucune ligne d’origine ne se donne pour cette pièce rattachée.',
    )
}

function controlerReferences(refs: ReferencePj[] | undefined, ctx: Ctx, dire: Dire) {
  for (const r of refs ?? [])
    if (r.support === '01' && !ctx.pj.has(r.idUnique) && !ctx.pjEnvoyees?.has(r.idUnique))
      dire(
        'pjRef',
        'PJRef/IdUnique',
        `la pièce jointe ${r.nom ?? r.idUnique} est citée mais n’est pas dans le flux${ctx.pjEnvoyees ? ', et n’a pas été envoyée avant' : ''}.`,
        ctx.pjEnvoyees !== undefined,
      )
}

function controlerTiers(t: Tiers, dire: Dire) {
  const personne = t.categorie === '01'
  if (personne && !t.civilite)
    dire('civilite', 'Civilite', `la civilité de ${t.nom} est obligatoire pour une personne physique.`)
  if (personne && !t.prenom)
    dire('prenom', 'Prenom', `le prénom de ${t.nom} est obligatoire pour une personne physique.`)
  if (!personne && t.prenom)
    dire('prenom', 'Prenom', `${t.nom} n’est pas une personne physique : il n’a pas de prénom.`)
  if (!isTiersUsuel(t.categorie, t.natureJuridique))
    dire(
      'tiers',
      'CatTiers, NatJur',
      `la catégorie ${t.categorie} et la nature juridique ${t.natureJuridique} de ${t.nom} ne vont pas ensemble d’ordinaire.`,
      false,
    )
  if (t.identifiant && t.natureIdentifiant === '01') {
    if (!/^\d{14}$/.test(t.identifiant))
      dire('siret', 'IdTiers', `le SIRET de ${t.nom}, « ${t.identifiant} », n’a pas quatorze chiffres.`)
    else if (!isSiret(t.identifiant))
      dire('siretCle', 'IdTiers', `la clé du SIRET de ${t.nom}, ${t.identifiant}, n’est pas la bonne.`, false)
  }
  if (t.identifiant && t.natureIdentifiant === '02' && !isSiren(t.identifiant))
    dire('siren', 'IdTiers', `le SIREN de ${t.nom}, « ${t.identifiant} », n’est pas valide.`, false)
  if ((t.identifiant === undefined) !== (t.natureIdentifiant === undefined))
    dire('identifiant', 'NatIdTiers', `l’identifiant de ${t.nom} et sa nature vont ensemble.`)
  const a = t.adresse
  if (!a) return
  if (a.etranger && !a.pays) dire('pays', 'CodPays', `${t.nom} demeure à l’étranger : le code du pays est obligatoire.`)
  if (a.etranger && a.codePostal !== '99999')
    dire('codePostal', 'CP', `à l’étranger, le code postal de ${t.nom} est 99999.`)
  if (!a.etranger && !/^\d{5}$/.test(a.codePostal))
    dire('codePostal', 'CP', `le code postal de ${t.nom}, « ${a.codePostal} », n’a pas cinq chiffres.`)
}

function controlerCompte(c: CompteBancaire | undefined, dire: Dire) {
  if (c?.iban && !isIban(c.iban.toUpperCase())) dire('iban', 'IBAN', `la clé de l’IBAN ${c.iban} n’est pas la bonne.`)
  if (c && !c.iban && c.rib) dire('rib', 'CpteBancaire', 'le compte est donné en RIB : l’IBAN est attendu.', false)
}

function controlerMandat(b: BordereauDepense, m: Mandat, ctx: Ctx, suite: Suite) {
  const dire = suite('')
  controlerPiece(b, m, 'depense', ctx, suite)
  if (m.dgp && m.dgp.fin < m.dgp.debut)
    dire('dgp', 'DteFinDgp', 'le délai global de paiement finit avant de commencer.')
  for (const l of m.lignes) {
    const direLigne = m.lignes.length > 1 ? suite(`, ligne ${l.numero}`) : dire
    const compte = l.tiers?.compte
    const mode = l.reglement
    if (mode && AVEC_BANQUE.has(mode) && !compte)
      direLigne('banque', 'ModRegl', `un règlement par virement (${mode}) demande le compte bancaire du tiers.`)
    if (mode && SANS_BANQUE.has(mode) && compte)
      direLigne(
        'banque',
        'CpteBancaire',
        `le mode de règlement ${mode} interdit un compte bancaire : le bordereau serait rejeté.`,
      )
    if (m.type === '03' && mode !== undefined && mode !== '08')
      direLigne('ordre', 'ModRegl', `un mandat d’ordre se règle en opération d’ordre (08), pas ${mode}.`)
    if (m.type !== '03' && m.type !== '04' && mode === '08')
      direLigne('ordre', 'ModRegl', 'le mode 08 (opération d’ordre) est réservé aux mandats d’ordre.')
    if (!mode && b.type === '01' && m.type !== '07')
      direLigne('reglement', 'ModRegl', 'le mode de règlement manque.', false)
    if (l.tiers) {
      controlerTiers(l.tiers, direLigne)
      controlerCompte(compte, direLigne)
    }
  }
}

/** What a bordereau of incomes as a whole must respect; the numbers of the debts of a rôle are told apart by it alone. */
function controlerRecette(b: BordereauRecette, dire: Dire) {
  if (b.dateAsp && b.dateAsp < b.date)
    dire('dateAsp', 'DteAsp', 'les avis des sommes à payer partiraient avant l’émission du bordereau.')
  const dettes = b.pieces.flatMap((p) => p.dette?.numero ?? [])
  const double = dettes.find((n, i) => dettes.indexOf(n) < i)
  if (double) dire('detteDouble', 'NumDette', `la dette ${double} est deux fois dans le rôle.`)
}

function controlerTitre(b: BordereauRecette, p: Titre, ctx: Ctx, suite: Suite) {
  const dire = suite('')
  controlerPiece(b, p, 'recette', ctx, suite)
  const debiteur = p.lignes[0]?.tiers[0]
  const pjDeType = (type: string) =>
    [...(p.pieces ?? []), ...p.lignes.flatMap((l) => l.pieces ?? [])].some(
      (r) => r.type === type || ctx.pj.get(r.idUnique) === type,
    )
  if (p.edition === '01' && !pjDeType('006'))
    dire(
      'edition',
      'Edition',
      'l’avis est à éditer par la DGFiP (01) : il lui faut une pièce jointe PES Facture (006). Remplissez les réglages de l’avis des sommes à payer, ou choisissez une édition sans traitement de la DGFiP (04).',
    )
  if (p.edition === '02') {
    if (debiteur?.natureIdentifiant !== '01' || !debiteur.identifiant)
      dire('edition', 'IdTiers', 'l’avis part dans Chorus Pro (02) : le SIRET du débiteur public est obligatoire.')
    if (!p.facture?.numero)
      dire('edition', 'NumeroFacture', 'l’avis part dans Chorus Pro (02) : le numéro de facture est obligatoire.')
  }
  const ormc = b.type === '06'
  if (!ormc && (p.edition === '03' || p.edition === '06'))
    dire('editionOrmc', 'Edition', `l’édition ${p.edition} est réservée aux articles de rôle (ORMC).`)
  if (ormc && p.edition && p.edition !== '03' && p.edition !== '06')
    dire(
      'editionOrmc',
      'Edition',
      `l’édition ${p.edition} n’est pas admise pour un article de rôle : le bordereau serait rejeté.`,
    )
  if (ormc && p.edition === '03' && (debiteur?.natureIdentifiant !== '01' || !p.facture?.numero || !pjDeType('007')))
    dire(
      'editionOrmc',
      'Edition',
      'l’avis part dans Chorus Pro (03) : il lui faut le SIRET, le numéro de facture et une pièce jointe de type 007.',
    )
  if (ormc && p.edition === '06' && !pjDeType('010'))
    dire('editionOrmc', 'Edition', 'l’avis est à éditer par l’ENSU (06) : il lui faut une pièce jointe de type 010.')
  if (ormc !== (p.type === '15')) dire('ormc', 'TypPce', 'une pièce 15 va sur un bordereau 06 (ORMC), et lui seul.')
  if (ormc) {
    if (!p.dette)
      dire('ormc', 'NumDette', 'le numéro de dette, sa période et ses clés sont obligatoires dans un rôle ORMC.')
    else {
      const cle2 = computeCle2({
        codeCollectivite: ctx.flux.entete.codeCollectivite,
        operande2: '',
        exercice: b.exercice,
        periode: Number(p.dette.periode),
        numero: Number(p.dette.numero),
      })
      if (p.dette.cle2 !== cle2)
        dire('cle2', 'Cle2', `la seconde clé vaut « ${p.dette.cle2} » ; le calcul donne ${cle2}.`)
    }
    const preleves = p.lignes.filter((l) => l.prelevement)
    const sommaire = ({ prelevement: s }: LigneTitre) => JSON.stringify({ ...s, montant: '' })
    if (preleves.length > 0 && p.lignes.some((l) => sommaire(l) !== sommaire(preleves[0]!)))
      dire(
        'sepaLignes',
        'InfoPrelevementSEPA',
        'les lignes d’un titre ORMC portent le même prélèvement, au montant près.',
      )
    if (p.lignes.some((l) => l.tiers.length > 1)) dire('ormc', 'Tiers', 'un titre ORMC n’a qu’un débiteur.')
  }
  if ((p.type === '06') !== (p.role !== undefined))
    dire(
      'role',
      'IdRol',
      p.type === '06'
        ? 'un titre récapitulatif avec rôle donne le numéro du rôle.'
        : 'seul un titre récapitulatif avec rôle (06) donne un numéro de rôle.',
    )
  for (const l of p.lignes) {
    const direLigne = p.lignes.length > 1 ? suite(`, ligne ${l.numero}`) : dire
    if (l.montantHt <= ZERO) direLigne('montant', 'MtHT', 'le montant d’une ligne de titre est au-dessus de zéro.')
    if (!l.tiers.some((t) => t.type === '01') && l.tiers.length > 0)
      direLigne('debiteur', 'TypTiers', 'aucun débiteur principal (01) n’est donné.')
    for (const t of l.tiers) {
      controlerTiers(t, direLigne)
      controlerCompte(t.compte, direLigne)
    }
    const s = l.prelevement
    if (!s) continue
    if (!l.tiers[0]?.compte?.iban) direLigne('sepa', 'CpteBancaire', 'un prélèvement demande l’IBAN du débiteur.')
    if (s.montant > total(p.lignes, false) + total(p.lignes, true))
      direLigne('sepa', 'MtPrel', `le prélèvement de ${formatEuros(s.montant)} dépasse le titre.`)
    if (s.signature > s.date)
      direLigne('sepa', 'DateSignMandat', 'le mandat de prélèvement est signé après le prélèvement.')
    if (s.ancien?.iban && s.ancien.banque)
      direLigne('sepa', 'AncienIBAN', 'l’ancien IBAN et le changement de banque s’excluent.')
  }
}
