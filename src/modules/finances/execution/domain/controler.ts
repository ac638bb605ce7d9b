import { add, type Centimes, euros, formatEuros, sum } from '#socle/argent.ts'
import type { Anomalie } from '#socle/refus.ts'
import type { Contenu } from '../contract.ts'

export type Section = 'F' | 'I'
export type Sens = 'D' | 'R'

const AVEC_BANQUE = new Set(['03', '05'])
const SANS_BANQUE = new Set(['01', '02', '04', '07', '08', '09', '11'])

export const totalHt = (c: Pick<Contenu, 'lignes'>): Centimes => sum(c.lignes.map((l) => euros(l.ht)))
export const totalTva = (c: Pick<Contenu, 'lignes'>): Centimes => sum(c.lignes.map((l) => euros(l.tva)))

/** NatPce when nobody chose it: the section of the piece, or the nature that its kind imposes. */
export function natureDefaut(
  c: Pick<Contenu, 'typeBordereau' | 'typePiece' | 'naturePiece'>,
  section: Section,
): string {
  if (c.naturePiece) return c.naturePiece
  if (c.typeBordereau === '02') return '06'
  if (c.typePiece === '02') return '09'
  return section === 'F' ? '01' : '02'
}

const anomalie = (code: string, message: string, conseil?: string, bloquante = true): Anomalie => ({
  code,
  message,
  ...(conseil === undefined ? {} : { conseil }),
  bloquante,
})

/** Everything that the comptable would refuse, told before the signature; all of it at once. */
export function controlerPiece(
  p: {
    sens: Sens
    contenu: Contenu
    sections: readonly Section[]
    tiers: { nom: string; estActif: boolean; adresseComplete: boolean } | null
    compte: { etat: string; tiersId: string } | null
    /** Who the money goes to: the creditor, or who is paid in his place. */
    payeId: string | null
    facture: { ttc: Centimes; autres: Centimes; suspendue: boolean } | null
    origine: { reste: Centimes } | null
    piecesManquantes: readonly { libelle: string; bloquante: boolean }[]
  },
  triplets: ReadonlySet<string>,
): Anomalie[] {
  const { contenu: c } = p
  const found: Anomalie[] = []
  const ht = totalHt(c)
  const ttc = add(ht, totalTva(c))
  if (new Set(p.sections).size > 1)
    found.push(
      anomalie(
        'piece.sections',
        'Les lignes mêlent fonctionnement et investissement.',
        'Faites une pièce par section.',
      ),
    )
  const section = p.sections[0]
  if (section) {
    const triplet = `${c.typeBordereau}-${c.typePiece}-${natureDefaut(c, section)}`
    if (!triplets.has(triplet))
      found.push(
        anomalie(
          'piece.triplet',
          `L’association ${triplet} (bordereau, type, nature) n’est pas dans la table.`,
          'Un administrateur peut l’ajouter dans « Types de pièces », avec sa source.',
        ),
      )
  }
  const ordre = c.mouvement !== 'reel'
  if (ordre !== (c.typePiece === '03'))
    found.push(anomalie('piece.ordre', 'Une opération d’ordre porte le type 03, et lui seul.'))
  // a titre récapitulatif books the debts of many people, an ANV those of a list, a régie what it collected
  const sansTiers = ['06', '07'].includes(c.typePiece) || (p.sens === 'R' && c.regie !== undefined)
  if (!p.tiers && !ordre && !sansTiers)
    found.push(anomalie('piece.sansTiers', p.sens === 'D' ? 'Le créancier manque.' : 'Le débiteur manque.'))
  if (p.tiers && !p.tiers.estActif)
    found.push(
      anomalie('tiers.inactif', `« ${p.tiers.nom} » n’est plus utilisable.`, 'Choisissez le tiers qui le remplace.'),
    )
  if (p.tiers && !p.tiers.adresseComplete)
    found.push(
      anomalie(
        'tiers.adresse',
        `L’adresse de « ${p.tiers.nom} » est incomplète.`,
        'Complétez l’adresse, le code postal et la ville du tiers.',
        p.sens === 'R',
      ),
    )
  if (p.sens === 'D') {
    // an admission en non-valeur pays nobody
    if (AVEC_BANQUE.has(c.modeReglement) && c.typePiece !== '07' && !c.virements?.length) {
      if (!p.compte)
        found.push(
          anomalie('compte.absent', 'Un virement demande un compte bancaire.', 'Choisissez le compte du bénéficiaire.'),
        )
      else if (p.compte.etat !== 'accepte')
        found.push(
          anomalie(
            'compte.nonAccepte',
            'Le compte bancaire n’a pas été contrôlé par une deuxième personne.',
            'Faites-le accepter dans la fiche du tiers.',
          ),
        )
    }
    if (p.compte && p.payeId && p.compte.tiersId !== p.payeId)
      found.push(
        anomalie(
          'compte.autreTiers',
          'Ce compte bancaire n’est pas celui de qui doit être payé.',
          'Choisissez un compte du bénéficiaire, ou désignez qui est payé à la place du créancier.',
        ),
      )
    if (SANS_BANQUE.has(c.modeReglement) && c.compteBancaireId)
      found.push(
        anomalie(
          'compte.enTrop',
          'Ce mode de règlement n’admet pas de compte bancaire : Hélios rejetterait le bordereau.',
        ),
      )
    if (ordre && c.modeReglement !== '08')
      found.push(anomalie('piece.reglementOrdre', 'Une opération d’ordre se règle par le mode 08.'))
    if (c.virements && c.virements.length > 0 && sum(c.virements.map((v) => euros(v.montant))) > ttc)
      found.push(anomalie('piece.virements', 'Les virements dépassent le montant du mandat.'))
  }
  if (p.facture) {
    if (p.facture.suspendue)
      found.push(
        anomalie('facture.suspendue', 'La facture est suspendue.', 'Reprenez-la quand le fournisseur a répondu.'),
      )
    const reste = (p.facture.ttc - p.facture.autres) as Centimes
    if (ttc > reste)
      found.push(anomalie('facture.depassee', `Il ne reste que ${formatEuros(reste)} à mandater sur cette facture.`))
  }
  if ((c.typeBordereau === '02' || c.typePiece === '02') && !p.origine && !c.rattachement)
    found.push(anomalie('piece.sansOrigine', 'Une annulation désigne la pièce qu’elle annule.'))
  if (c.typePiece === '05' && !c.rattachement)
    found.push(
      anomalie(
        'piece.sansPaiement',
        'Une pièce émise après paiement désigne l’opération du comptable qu’elle régularise.',
      ),
    )
  if (p.origine && (c.typeBordereau === '02' || c.typePiece === '02') && ttc > p.origine.reste)
    found.push(
      anomalie(
        'piece.origineDepassee',
        `Il ne reste que ${formatEuros(p.origine.reste)} à annuler sur la pièce d’origine.`,
      ),
    )
  if (p.sens === 'R' && c.lignes.some((l) => l.produit === '') && !ordre)
    found.push(
      anomalie(
        'titre.produit',
        'Le code produit local manque sur une ligne.',
        'Le comptable donne ces codes ; à défaut « 0001 ».',
        false,
      ),
    )
  for (const m of p.piecesManquantes)
    found.push(
      anomalie(
        'pj.manquante',
        `Pièce justificative attendue : ${m.libelle}.`,
        'Joignez-la, ou dites au comptable qu’elle suivra.',
        m.bloquante,
      ),
    )
  return found
}
